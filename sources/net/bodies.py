"""Reading what an answer holds, within a limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from sources.errors import BadResponse, TooLarge
from sources.net.inflating import Inflater
from sources.saying import gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The content of an answer."""

    content: bytes  # decoded
    wire_bytes: int  # as sent
    truncated: bool


async def read_body(
    response: aiohttp.ClientResponse,
    headers: Mapping[str, str],
    *,
    limit: int,
    cut: bool = False,
) -> Body:
    """
    Read a body of at most `limit` bytes, decoded or not.

    Raises TooLarge and BadResponse; but an answer that is an error by its
    status is still that error when its page is broken, and comes truncated.
    With `cut`, one that is too large comes truncated as well.
    """
    content = bytearray()
    wire = 0
    forgiven = response.status >= 400
    try:
        inflater = Inflater(headers.get("content-encoding", ""), limit=limit)
        if not (forgiven or cut) and (response.content_length or 0) > limit:
            raise _too_large(limit)
        async for chunk in response.content.iter_any():
            wire += len(chunk)
            for piece in inflater.feed(chunk):
                content += piece
            if wire > limit or len(content) > limit:
                raise _too_large(limit)
        inflater.finish()
    except (TooLarge, BadResponse, aiohttp.ClientPayloadError) as error:
        if not forgiven and not (cut and isinstance(error, TooLarge)):
            raise
        response.close()
        return Body(content=bytes(content[:limit]), wire_bytes=wire, truncated=True)
    return Body(content=bytes(content), wire_bytes=wire, truncated=False)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        _("The page is larger than %(megabytes)s MB, which is all that is read."),
        facts={"megabytes": round(limit / 1024 / 1024)},
    )
