"""Bodies that were sent compressed, opened piece by piece within a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from sources.errors import BadResponse, TooLarge

ACCEPTED = "gzip, deflate"

_PIECE = 64 * 1024
_MAX_LAYERS = 2
_GZIP_MAGIC = b"\x1f\x8b"
_KNOWN = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_NOT_ASKED_FOR = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})


class _Stream(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class Inflater:
    """Opens one body, through as many layers as its Content-Encoding names."""

    def __init__(self, content_encoding: str, *, limit: int) -> None:
        """Raise BadResponse for layers that cannot be opened."""
        names = [n.strip() for n in content_encoding.lower().split(",")]
        if not _NOT_ASKED_FOR.isdisjoint(names):
            raise BadResponse(
                "The page came in a compression that was not asked for.",
                reason="encoding",
            )
        # Browsers pass over names that are no compression ("utf-8", "none").
        kinds = [_KNOWN[name] for name in names if name in _KNOWN]
        if len(kinds) > _MAX_LAYERS:
            raise BadResponse(
                "The page is compressed over and over.", reason="encoding"
            )
        self._layers = [_Layer(kind, limit=limit) for kind in reversed(kinds)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes open to. Raises BadResponse, TooLarge."""
        yield from self._through(data, 0)

    def finish(self) -> None:
        """Raise BadResponse where the end is missing."""
        if any(layer.unfinished for layer in self._layers):
            raise BadResponse("The page broke off in the middle.", reason="cut_off")

    def _through(self, data: bytes, depth: int) -> Iterator[bytes]:
        if depth == len(self._layers):
            yield data
            return
        for piece in self._layers[depth].feed(data):
            yield from self._through(piece, depth + 1)


class _Layer:
    def __init__(self, kind: str, *, limit: int) -> None:
        self._kind = kind
        self._left = limit
        self._head = b""
        self._stream: _Stream | None = None
        self._done = False

    @property
    def unfinished(self) -> bool:
        return not self._done and (self._stream is not None or bool(self._head))

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._done:
            return  # what follows the end is nobody's
        if self._stream is None:
            self._head = data = self._head + data
            if len(data) < 2:
                return
            self._stream = _opened(self._kind, data)
        yield from self._inflate(self._stream, data)

    def _inflate(self, stream: _Stream, data: bytes) -> Iterator[bytes]:
        more = True
        while more:
            try:
                piece = stream.decompress(data, _PIECE)
            except zlib.error:
                raise BadResponse(
                    "The page is not compressed the way it says.", reason="encoding"
                ) from None
            self._left -= len(piece)
            if self._left < 0:
                raise TooLarge("The page is larger than is read.")
            if piece:
                yield piece
            data = stream.unconsumed_tail
            more = bool(data) or len(piece) == _PIECE
            if stream.eof:
                data = stream.unused_data
                more = self._kind == "gzip" and data.startswith(_GZIP_MAGIC)
                self._done = not more
                if more:
                    self._stream = stream = _opened(self._kind, data)


def _opened(kind: str, head: bytes) -> _Stream:
    if kind == "gzip":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    # "deflate" means zlib's wrapping by the book, and none by some servers.
    wrapped = head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
