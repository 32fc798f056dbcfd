"""
Bodies of pages, made small. (pure)

Two versions of a page differ by a few words, so that the earlier one is the best
dictionary for the later: of a page of 400 kB in which one word was edited, 57 bytes
are left, of one with a new nonce in each script a quarter of what zstd alone leaves.
"""

from __future__ import annotations

import zstandard

from sources.errors import BodyDamaged
from sources.saying import gettext_noop as _

_LEVEL = 9  # a page of 200 kB takes 8 ms and comes to a fifth (2026-11)
# A body packed against another cannot be read without it, so little is not enough.
_WORTH_IT = 0.7
_MOST_WINDOW = 27  # 128 MiB; what every reader of zstd takes


def pack(body: bytes) -> bytes:
    """Return the body made small by itself."""
    return zstandard.compress(body, level=_LEVEL)


def pack_against(body: bytes, earlier: bytes) -> bytes:
    """Return the body made small, to be read with the earlier one beside it."""
    settings = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        source_size=len(body),
        dict_size=len(earlier),
        # Level 9 looks back 4 MiB: the start of a long earlier version would be out
        # of its sight, and one word in 5 MB cost 252 kB instead of 484 bytes.
        window_log=min(max((len(body) + len(earlier)).bit_length(), 10), _MOST_WINDOW),
    )
    compressor = zstandard.ZstdCompressor(
        compression_params=settings, dict_data=_words(earlier)
    )
    return compressor.compress(body)


def pays(packed: bytes, whole: bytes) -> bool:
    """Say whether packing against an earlier version saved enough."""
    return len(packed) <= len(whole) * _WORTH_IT


def unpack(packed: bytes, *, size: int, earlier: bytes | None = None) -> bytes:
    """
    Return the body, which had this many bytes.

    Raises BodyDamaged where the bytes are not what was packed.
    """
    words = _words(earlier) if earlier is not None else None
    try:
        declared = zstandard.frame_content_size(packed)
        if declared not in {size, -1}:
            raise BodyDamaged(
                _("The kept copy says that it holds %(held)s bytes, and not %(made)s."),
                facts={"held": declared, "made": size},
            )
        body = zstandard.ZstdDecompressor(dict_data=words).decompress(
            packed, max_output_size=size
        )
    except zstandard.ZstdError as error:
        raise BodyDamaged(_("The kept copy cannot be unpacked any more.")) from error
    if len(body) != size:
        raise BodyDamaged(
            _("The kept copy holds %(held)s bytes; it was made of %(made)s."),
            facts={"held": len(body), "made": size},
        )
    return body


def _words(earlier: bytes) -> zstandard.ZstdCompressionDict:
    # Raw, or a page that begins like a trained dictionary would be taken for one.
    return zstandard.ZstdCompressionDict(
        earlier, dict_type=zstandard.DICT_TYPE_RAWCONTENT
    )
