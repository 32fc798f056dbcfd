"""Connections that take in what was asked for, and no more of it than is read."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey

from sources.errors import BadResponse, TooLarge
from sources.saying import gettext_noop as _

_MOST_ANSWERS = 20  # to one request: each but the last is a "1xx, go on waiting"


class Lines(aiohttp.TCPConnector):
    """
    Keeps connections between requests, as long as nothing comes unasked.

    What a server says while nobody asks would be taken for the answer to whatever is
    asked next; such a connection is dropped. `most_bytes` are taken in for one
    request, whatever they are: pages are measured once they are taken apart, and a
    chunk of one byte costs six.
    """

    def __init__(self, *, most_bytes: int, **options: Any) -> None:
        super().__init__(**options)
        self._factory = partial(_a_line, self._loop, most_bytes)

    def _release(
        self,
        key: ConnectionKey,
        protocol: ResponseHandler,
        *,
        should_close: bool = False,
    ) -> None:
        if isinstance(protocol, _Line):
            protocol.rest()
        super()._release(key, protocol, should_close=should_close)


def _a_line(loop: asyncio.AbstractEventLoop, most_bytes: int) -> ResponseHandler:
    return _Line(loop, most_bytes=most_bytes)


class _Line(ResponseHandler):
    def __init__(self, loop: asyncio.AbstractEventLoop, *, most_bytes: int) -> None:
        super().__init__(loop)
        self._most_bytes = most_bytes
        self._bytes = self._answers = 0
        self._resting = False

    def rest(self) -> None:
        """Expect nothing until the next request."""
        self._resting = True

    def set_response_params(self, **options: Any) -> None:
        """Expect the answer to a request."""
        self._resting = False
        self._bytes = self._answers = 0
        super().set_response_params(**options)

    def data_received(self, data: bytes) -> None:
        # Nothing at all is what aiohttp goes on with after a pause.
        if data and self._resting:
            self.abort()
            return
        self._bytes += len(data)
        if self._bytes <= self._most_bytes:
            super().data_received(data)
        elif self._bytes - len(data) <= self._most_bytes:
            self._refuse(TooLarge(_("The answer is larger than is read.")))

    def feed_data(self, data: Any, size: int = 0) -> None:
        """Take in one answer, interim or not."""
        self._answers += 1
        if self._answers <= _MOST_ANSWERS:
            super().feed_data(data, size)
        elif self._answers == _MOST_ANSWERS + 1:
            self._refuse(
                BadResponse(
                    _("The site sends answer after answer to one question."),
                    reason="protocol",
                )
            )

    def _refuse(self, error: Exception) -> None:
        """Tell whoever waits. The connection is closed by them, and not kept."""
        self.set_exception(error)
        if self._payload is not None:
            self._payload.set_exception(error)
