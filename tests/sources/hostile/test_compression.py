"""Opening what was sent compressed: whole, or not at all, and never too much of it."""

import gzip
import random
import time
import tracemalloc
import zlib
from itertools import pairwise

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import BadResponse, TooLarge
from sources.net.inflating import ACCEPTED, Inflater

LIMIT = 5 * 1024 * 1024
WORDS = random.Random(7).randbytes(3_000).hex().encode()


def bare(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def checked(data):
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


PACKERS = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "deflate, without its wrapping": bare,
    "br": brotli.compress,
    "zstd": checked,
}


def opened(data, coding, *, limit=LIMIT, cuts=()):
    inflater = Inflater(coding.partition(", without")[0], limit=limit)
    edges = [0, *sorted(cuts), len(data)]
    content = b""
    for start, end in pairwise(edges):
        content += b"".join(inflater.feed(data[start:end]))
    inflater.finish()
    return content


def test_every_compression_that_is_asked_for_is_opened():
    for coding in ACCEPTED.split(", "):
        assert opened(PACKERS[coding](WORDS), coding) == WORDS


@pytest.mark.parametrize("coding", PACKERS)
@settings(max_examples=60)
@given(data=st.data())
def test_it_does_not_matter_how_packets_cut_a_body(coding, data):
    packed = PACKERS[coding](WORDS)
    cuts = data.draw(st.lists(st.integers(0, len(packed)), max_size=6))

    assert opened(packed, coding, cuts=cuts) == WORDS


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("off", [-3, -1, 0, 1, 3])
def test_a_second_member_is_read_wherever_a_packet_ends(coding, off):
    first, second = PACKERS[coding](b"one "), PACKERS[coding](b"two")

    content = opened(first + second, coding, cuts=[len(first) + off])

    assert content == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
@pytest.mark.parametrize("off", [0, 1])
def test_what_follows_the_end_is_nobodys(coding, off):
    packed = PACKERS[coding](WORDS)

    assert opened(packed + b"trailing", coding, cuts=[len(packed) + off]) == WORDS


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_what_follows_the_end_of_brotli_breaks_it_wherever_a_packet_ends(off):
    packed = PACKERS["br"](WORDS)

    with pytest.raises(BadResponse):
        opened(packed + b"trailing", "br", cuts=[len(packed) + off])


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_that_broke_off_is_never_taken_for_whole(coding):
    packed = PACKERS[coding](WORDS)

    for length in range(1, len(packed), 97):
        with pytest.raises(BadResponse):
            opened(packed[:length], coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])  # with a checksum
def test_a_flipped_bit_is_a_fault(coding):
    packed = bytearray(PACKERS[coding](WORDS))
    packed[len(packed) // 2] ^= 0x10

    with pytest.raises((BadResponse, TooLarge)):
        opened(bytes(packed), coding)


@pytest.mark.parametrize("coding", PACKERS)
@settings(max_examples=100)
@given(data=st.binary(max_size=400))
def test_any_bytes_open_or_are_refused(coding, data):
    try:
        content = opened(data, coding, limit=10_000)
    except (BadResponse, TooLarge):
        return
    assert len(content) <= 10_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd", "br"])
def test_a_bomb_is_never_opened_whole(coding):
    bomb = small_bomb(coding)
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            for _ in Inflater(coding, limit=LIMIT).feed(bomb):
                pass
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 20 * 1024 * 1024
    assert time.process_time() - began < 2


def small_bomb(coding):
    """Return 128 MiB of nothing, packed tight."""
    nothing = bytes(128 * 1024 * 1024)
    if coding == "zstd":
        return zstandard.compress(nothing)
    if coding == "br":
        return brotli.compress(nothing, quality=2)
    packer = zlib.compressobj(1, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    return packer.compress(nothing) + packer.flush()


@pytest.mark.parametrize("outer", ["gzip", "zstd", "br"])
@pytest.mark.parametrize("inner", ["gzip", "zstd", "br"])
def test_a_bomb_in_a_bomb_stops_as_early(outer, inner):
    bomb = PACKERS[outer](small_bomb(inner))

    with pytest.raises(TooLarge):
        for _ in Inflater(f"{inner}, {outer}", limit=LIMIT).feed(bomb):
            pass


def test_layer_upon_layer_is_not_opened():
    with pytest.raises(BadResponse):
        Inflater("gzip, br, zstd", limit=LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_body_of_countless_empty_members_is_left(coding):
    began = time.process_time()

    with pytest.raises(BadResponse):
        opened(PACKERS[coding](b"") * 100_000, coding)

    assert time.process_time() - began < 2


def test_a_window_that_no_page_needs_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    wide = packer.compress(random.Random(1).randbytes(20_000)) + packer.flush()

    with pytest.raises(BadResponse):
        opened(wide, "zstd")
