"""What the network library reports, in our own words."""

from __future__ import annotations

import socket
import ssl

import aiohttp

from sources.errors import BadResponse, FetchError, Unreachable
from sources.saying import gettext_noop as _

KINDS = (aiohttp.ClientError, TimeoutError, OSError, ssl.SSLError)

# Most special first: the library's classes inherit from each other.
_TOLD: tuple[tuple[type[Exception], type[FetchError], str, str], ...] = (
    (
        aiohttp.ClientSSLError,
        Unreachable,
        "tls",
        _("The site's certificate or encryption is not in order."),
    ),
    (TimeoutError, Unreachable, "timeout", _("The site did not answer in time.")),
    (
        aiohttp.ClientConnectorError,
        Unreachable,
        "connect",
        _("The site takes no connection."),
    ),
    (ssl.SSLError, Unreachable, "tls", _("The site's encryption is not in order.")),
    (OSError, Unreachable, "reset", _("The site broke the connection off.")),
    (
        aiohttp.ClientConnectionError,
        Unreachable,
        "reset",
        _("The site broke the connection off."),
    ),
    (
        aiohttp.ClientPayloadError,
        BadResponse,
        "cut_off",
        _("The page broke off in the middle."),
    ),
    (
        aiohttp.ClientResponseError,
        BadResponse,
        "protocol",
        _("The site's answer cannot be read as HTTP."),
    ),
)


def told(error: Exception) -> FetchError:
    """Return the FetchError that says what this error means."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _about_the_name(error.os_error)
    if isinstance(error, socket.gaierror):
        return _about_the_name(error)
    for kind, becomes, reason, sentence in _TOLD:
        if isinstance(error, kind):
            return becomes(sentence, reason=reason)
    return BadResponse(_("The site's answer cannot be used."), reason="protocol")


def _about_the_name(error: OSError) -> FetchError:
    if error.errno == socket.EAI_NONAME:
        return Unreachable(_("The site's name does not exist."), reason="no_such_name")
    return Unreachable(_("The site's name could not be looked up."), reason="dns")
