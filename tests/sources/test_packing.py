"""Bodies of pages, made small and read again."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import BodyDamaged
from sources.packing import pack, pack_against, pays, unpack

DICE = random.Random(7)
WORDS = ["".join(DICE.choices("aehilnorst", k=DICE.randint(2, 9))) for _ in range(900)]


def prose(size):
    text = " ".join(DICE.choices(WORDS, k=size // 5))
    return text.encode()[:size]


@settings(max_examples=60)
@given(body=st.binary(max_size=3_000), earlier=st.binary(max_size=3_000))
def test_every_body_comes_back_as_it_was(body, earlier):
    assert unpack(pack(body), size=len(body)) == body
    packed = pack_against(body, earlier)
    assert unpack(packed, size=len(body), earlier=earlier) == body


def test_a_page_that_begins_like_a_dictionary_is_not_taken_for_one():
    earlier = b"\x37\xa4\x30\xec" + prose(2_000)
    body = earlier.replace(b"a", b"o", 1)

    packed = pack_against(body, earlier)

    assert unpack(packed, size=len(body), earlier=earlier) == body


def test_one_edited_word_costs_next_to_nothing_however_long_the_page():
    for size in (20_000, 400_000, 4_900_000):
        earlier = prose(size)
        body = earlier[:100] + b" EDITED " + earlier[100:]

        packed, whole = pack_against(body, earlier), pack(body)

        assert len(packed) < len(whole) / 100
        assert pays(packed, whole)


def test_another_page_does_not_pay():
    body = prose(20_000)

    assert not pays(pack_against(body, DICE.randbytes(20_000)), pack(body))


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[:-3],
        lambda packed: b"",
        lambda packed: b"not zstd at all",
        lambda packed: pack(b"a different body"),
        lambda packed: pack(bytes(200_000_000)),
    ],
)
def test_a_damaged_body_is_said_to_be_damaged(damage):
    body = prose(5_000)

    with pytest.raises(BodyDamaged):
        unpack(damage(pack(body)), size=len(body))


def test_a_body_is_not_read_without_its_dictionary():
    earlier = prose(5_000)
    body = earlier.replace(b"a", b"o", 3)

    with pytest.raises(BodyDamaged):
        unpack(pack_against(body, earlier), size=len(body))
