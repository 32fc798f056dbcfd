"""
The spelling under which two addresses count as one source (pure).

Hosts are read as browsers read them (WHATWG URL, "host parsing"), so that a
number, a full-width digit or an octal is seen as the address it stands for.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote_to_bytes

import idna

from sources.errors import AddressRefused
from sources.saying import gettext_noop as _

MAX_LENGTH = 2_048

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What none of the odd ones can be in: printable ASCII but for space and backslash.
_PLAIN = re.compile(r"[!-\[\]-~]+")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_AROUND = " \t\r\n\u00a0\ufeff"
_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_REST = re.compile(r"//([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_PORT = re.compile(r"[0-9]{1,5}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
# Invisible, and made to have an address read as another one.
_BIDI = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_PATH_KEEPS = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]")
_QUERY_KEEPS = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\[\]|]")

# Added by whoever passes a link on; none of them changes the page.
_TRACKING = re.compile(
    r"""
    (?: utm | pk | mtm | matomo | piwik )_ .*
    | fbclid | gclid | gclsrc | dclid | [gw]braid | gad_(?: source | campaignid )
    | msclkid | yclid | twclid | ttclid | li_fat_id | igshid? | epik | srsltid
    | mc_[ce]id | mkt_tok | _ga | _gl | _?_hs(?: enc | mi | sc | tc | fp )
    | hsctatracking | oly_(?: anon | enc )_id | vero_(?: id | conv ) | wickedid
    | rb_clickid | s_kwcid | ef_id | _openstat | guccounter
    | guce_referrer(?: _sig )? | ref_(?: src | url )
    | at_(?: medium | campaign | format | ptr_name | bbc_team )
    | at_link_(?: id | type | origin )
    | ns_(?: mchannel | source | campaign | linkname | fee ) | xtor
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A web address in its parts, each in its one spelling."""

    scheme: str  # "http" or "https"
    host: str  # ASCII name, "192.0.2.1" or "2001:db8::1" without brackets
    port: int
    path: str  # begins with a slash, percent-encoded
    query: str  # without the question mark, percent-encoded

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is not the usual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{host}" + ("" if usual else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address as it is asked for."""
        return self.origin + self.path + (f"?{self.query}" if self.query else "")


def canonical(url: str) -> str:
    """
    Return the spelling under which two addresses count as one source.

    Lower-cases scheme and host, spells the host in ASCII and the escapes one
    way, drops fragment, usual port, dot segments and tracking parameters; the
    order of what stays is kept (RFC 3986, section 6.2.2). Raises AddressRefused.
    """
    address = parse(url)
    kept = [piece for piece in address.query.split("&") if not _is_tracking(piece)]
    return replace(address, query="&".join(kept)).url


@lru_cache(maxsize=2_000)  # a worker takes each apart three times
def parse(url: str) -> Address:
    """Take an address apart, each part in one spelling. Raises AddressRefused."""
    url = url.strip(_AROUND)
    _refuse_odd_characters(url)
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise AddressRefused(
            _("This is not a web address. Start it with http:// or https://."),
            code="address_not_web",
        )
    scheme = shape[1].lower()
    if scheme not in _DEFAULT_PORTS:
        raise AddressRefused(
            _(
                "Only http:// and https:// addresses can be sources. Give the address"
                " of the page as a browser shows it."
            ),
            code="address_not_web",
        )
    rest = _REST.fullmatch(shape[2])
    if rest is None or not rest[1]:
        raise AddressRefused(
            _(
                "The address names no site. Give the whole of it, such as"
                " https://example.org/page."
            ),
            code="address_without_host",
        )
    host, port = _authority(rest[1])
    address = Address(
        scheme=scheme,
        host=host,
        port=port or _DEFAULT_PORTS[scheme],
        path=_without_dots(_escaped(rest[2], _PATH_KEEPS)) or "/",
        query=_escaped(rest[3] or "", _QUERY_KEEPS),
    )
    _refuse_length(len(address.url))
    return address


def _refuse_odd_characters(url: str) -> None:
    if not url:
        raise AddressRefused(
            _("The address is empty. Give the address of the page."),
            code="address_empty",
        )
    _refuse_length(len(url))
    if _PLAIN.fullmatch(url):
        return
    if _ODD.search(url):
        raise AddressRefused(
            _(
                "The address holds characters that no address can hold (such as NUL)."
                " Copy it again from the browser."
            ),
            code="address_characters",
        )
    if any(c.isspace() for c in url):
        raise AddressRefused(
            _("The address holds a space. Take it out, or write it as %20."),
            code="address_whitespace",
        )
    if not _BIDI.isdisjoint(url):
        raise AddressRefused(
            _(
                "The address holds invisible characters that turn the direction of"
                " reading. Type it anew."
            ),
            code="address_characters",
        )
    if "\\" in url:
        raise AddressRefused(
            _("The address holds a backslash. Write / or, inside a name, %5C."),
            code="address_characters",
        )


def _refuse_length(length: int) -> None:
    if length > MAX_LENGTH:
        raise AddressRefused(
            _(
                "The address is longer than %(most)s characters. Give a shorter"
                " one; what follows ? or # can often be left out."
            ),
            code="address_too_long",
            facts={"most": MAX_LENGTH},
        )


def _authority(text: str) -> tuple[str, int | None]:
    if "@" in text:
        raise AddressRefused(
            _(
                "The address carries a user name or password. Give it without the part"
                " before the @."
            ),
            code="address_credentials",
        )
    if text.startswith("["):
        inside, bracket, rest = text[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise _bad_host()
        return _ipv6(inside), _port(rest[1:])
    host, _colon, port = text.partition(":")
    if not host:
        raise AddressRefused(
            _(
                "The address names no site. Give the whole of it, such as"
                " https://example.org/page."
            ),
            code="address_without_host",
        )
    return _host(host), _port(port)


def _port(text: str) -> int | None:
    if not text:
        return None
    if not _PORT.fullmatch(text) or not 0 < int(text) <= 65_535:
        raise AddressRefused(
            _(
                "The address names a port that does not exist. A port is a number from"
                " 1 to 65,535; it can mostly be left out."
            ),
            code="address_port",
        )
    return int(text)


def _bad_host() -> AddressRefused:
    return AddressRefused(
        _("The site's name in the address cannot exist. Check it for typing errors."),
        code="address_host",
    )


def _ipv6(text: str) -> str:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise _bad_host() from None
    if address.scope_id is not None:
        raise _bad_host()
    return str(address)


@lru_cache(maxsize=2_000)  # as are found in a batch or two
def _host(text: str) -> str:
    try:
        name = unquote_to_bytes(text).decode() if "%" in text else text
        name = idna.uts46_remap(name, std3_rules=False, transitional=False)
    except (UnicodeError, idna.IDNAError):
        raise _bad_host() from None
    labels = [_label(label) for label in name.removesuffix(".").split(".")]
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    host = ".".join(labels)
    if len(host) > 253:
        raise _bad_host()
    return host


def _label(text: str) -> str:
    if _LABEL.fullmatch(text) and not text.startswith("xn--"):
        return text
    try:
        return idna.alabel(text).decode("ascii")
    except (UnicodeError, idna.IDNAError):
        raise _bad_host() from None


def _ipv4(labels: list[str]) -> str:
    """Read 127.1, 0x7f.1, 017700000001 and 2130706433 as what they stand for."""
    try:
        numbers = [_number(label) for label in labels]
    except ValueError:
        raise _bad_host() from None
    *firsts, last = numbers
    if len(numbers) > 4 or any(n > 255 for n in firsts):
        raise _bad_host()
    if last >= 256 ** (5 - len(numbers)):
        raise _bad_host()
    whole = last + sum(n << (8 * (3 - i)) for i, n in enumerate(firsts))
    return str(ipaddress.IPv4Address(whole))


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if len(text) > 1 and text.startswith("0") else int(text)


def _escaped(text: str, odd: re.Pattern[str]) -> str:
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = _ESCAPE.sub(_unescape_if_plain, text)
    return odd.sub(_percent, text)


def _unescape_if_plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept) if path else ""


def _is_tracking(piece: str) -> bool:
    return _TRACKING.fullmatch(piece.partition("=")[0]) is not None
