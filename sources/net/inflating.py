"""Bodies that were sent compressed, opened piece by piece within a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from sources.errors import BadResponse, TooLarge
from sources.saying import gettext_noop as _

ACCEPTED = "gzip, deflate, br, zstd"

_PIECE = 64 * 1024
_MAX_LAYERS = 2
# One after the other in one body; a page packed in blocks of 64 KB has 80 of them.
_MAX_MEMBERS = 1_000
# How a member begins, of those kinds that may follow each other.
_MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
# Four bytes can open to 128 KB, and what one call opens comes in one piece.
_ZSTD_SIP = 256
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: all that a page may ask for
_KNOWN = {
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "br": "br",
    "zstd": "zstd",
}
_NOT_ASKED_FOR = frozenset({"compress", "x-compress", "dcb", "dcz"})
_BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)


class _Stream(Protocol):
    """One compressed run of bytes; what it holds comes in pieces that fit memory."""

    rest: bytes  # what follows its end, of the bytes fed last

    @property
    def done(self) -> bool: ...
    def open(self, data: bytes) -> Iterator[bytes]: ...


class Inflater:
    """Opens one body, through as many layers as its Content-Encoding names."""

    def __init__(self, content_encoding: str, *, limit: int) -> None:
        """Raise BadResponse for layers that cannot be opened."""
        names = [n.strip() for n in content_encoding.lower().split(",")]
        if not _NOT_ASKED_FOR.isdisjoint(names):
            raise BadResponse(
                _("The page came in a compression that was not asked for."),
                reason="encoding",
            )
        # Browsers pass over names that are no compression ("utf-8", "none").
        kinds = [_KNOWN[name] for name in names if name in _KNOWN]
        if len(kinds) > _MAX_LAYERS:
            raise _over_and_over()
        self._layers = [_Layer(kind, limit=limit) for kind in reversed(kinds)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes open to. Raises BadResponse, TooLarge."""
        yield from self._through(data, 0)

    def finish(self) -> None:
        """Raise BadResponse where the end is missing."""
        if any(layer.unfinished for layer in self._layers):
            raise BadResponse(_("The page broke off in the middle."), reason="cut_off")

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
        self._head = b""  # too little of a member to know what it is
        self._stream: _Stream | None = None
        self._members = 0
        self._done = False

    @property
    def unfinished(self) -> bool:
        if self._members == 0:
            return bool(self._head)
        return self._stream is not None

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._done:
            if self._stream is None:
                data, self._head = self._head + data, b""
                self._stream = self._begun(data)
            if self._stream is None:
                return
            yield from self._counted(self._stream, data)
            if not self._stream.done:
                return
            # One member may end where a packet does, and the next begin there.
            data, self._stream = self._stream.rest, None

    def _begun(self, data: bytes) -> _Stream | None:
        if self._members and not self._goes_on(data):
            return None
        if self._kind == "deflate" and len(data) < 2:
            self._head = data
            return None
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise _over_and_over()
        return _opened(self._kind, data)

    def _goes_on(self, data: bytes) -> bool:
        """Say whether another member follows; anything else there is nobody's."""
        if self._kind == "br":
            raise _not_so()  # as its decoder does, where it came in one with the end
        magic = _MAGIC.get(self._kind, b"")
        if len(data) < len(magic) and magic.startswith(data):
            self._head = data
            return False
        self._done = not (magic and data.startswith(magic))
        return not self._done

    def _counted(self, stream: _Stream, data: bytes) -> Iterator[bytes]:
        try:
            for piece in stream.open(data):
                self._left -= len(piece)
                if self._left < 0:
                    raise TooLarge(_("The page is larger than is read."))
                if piece:
                    yield piece
        except _BROKEN:
            raise _not_so() from None


class _Zlib:
    def __init__(self, window_bits: int) -> None:
        self._stream = zlib.decompressobj(window_bits)
        self.rest = b""

    @property
    def done(self) -> bool:
        return self._stream.eof

    def open(self, data: bytes) -> Iterator[bytes]:
        more = True
        while more:
            piece = self._stream.decompress(data, _PIECE)
            yield piece
            data = self._stream.unconsumed_tail
            more = not self.done and (bool(data) or len(piece) == _PIECE)
        self.rest = self._stream.unused_data


class _Brotli:
    rest = b""  # its decoder takes anything after the end for a fault

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def done(self) -> bool:
        return bool(self._stream.is_finished())

    def open(self, data: bytes) -> Iterator[bytes]:
        yield self._stream.process(data, output_buffer_limit=_PIECE)
        while not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=_PIECE)


class _Zstd:
    def __init__(self) -> None:
        decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._stream = decompressor.decompressobj(write_size=_PIECE)
        self.rest = b""

    @property
    def done(self) -> bool:
        return self._stream.eof

    def open(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SIP):
            yield self._stream.decompress(data[start : start + _ZSTD_SIP])
            if self.done:
                self.rest = self._stream.unused_data + data[start + _ZSTD_SIP :]
                return


def _opened(kind: str, head: bytes) -> _Stream:
    if kind == "br":
        return _Brotli()
    if kind == "zstd":
        return _Zstd()
    if kind == "gzip":
        return _Zlib(16 + zlib.MAX_WBITS)
    # "deflate" means zlib's wrapping by the book, and none by some servers.
    wrapped = head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0
    return _Zlib(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _over_and_over() -> BadResponse:
    return BadResponse(_("The page is compressed over and over."), reason="encoding")


def _not_so() -> BadResponse:
    return BadResponse(
        _("The page is not compressed the way it says."), reason="encoding"
    )
