"""What was seen of a page, kept under the hash of its body."""

import random
from datetime import timedelta

import pytest
import zstandard

from sources import archiving
from sources.errors import BodyDamaged
from sources.models import Snapshot
from sources.net import Fetched
from sources.readable import read
from tests.factories import NOON, a_source

pytestmark = pytest.mark.django_db

DICE = random.Random(11)


def a_page(words="The dam held.", *, size=20_000):
    filler = "".join(
        f"<p id=p{n}>{' '.join(DICE.choices('abcdefghijklmn', k=20))}</p>"
        for n in range(size // 60)
    )
    return f"<html><body><article><p>{words}</p></article>{filler}</body></html>"


def kept(source, markup, *, after=0, headers=None):
    body = markup.encode()
    fetched = Fetched(
        status=200,
        final_url=source.canonical_url,
        address="127.0.0.1",
        hops=(),
        headers=headers or {"content-type": "text/html; charset=utf-8"},
        body=body,
        duration_ms=3,
        wire_bytes=len(body),
        truncated=False,
    )
    snapshot = archiving.keep(
        source,
        fetched=fetched,
        page=read(body, media_type="text/html", charset="utf-8"),
        now=NOON + timedelta(hours=after),
    )
    return Snapshot.objects.get(pk=snapshot.pk)


def test_an_edited_page_costs_only_what_was_edited():
    source, page = a_source(), a_page()
    first = kept(source, page)
    edited = page.replace("held", "broke")

    second = kept(source, edited, after=1)

    assert second.dictionary == first
    assert len(second.body_zstd) < len(first.body_zstd) / 20
    assert second.body == edited.encode()
    assert "The dam broke." in second.text


def test_each_version_is_one_step_from_a_whole_one():
    source, page = a_source(), a_page()
    whole = kept(source, page)

    for number in range(5):
        edited = page.replace("held", f"held {number} times")
        snapshot = kept(source, edited, after=number + 1)
        assert snapshot.dictionary == whole
        assert snapshot.body == edited.encode()


def test_a_page_made_anew_is_whole_and_the_next_is_packed_against_it():
    source = a_source()
    kept(source, a_page())
    redesigned = a_page()

    anew = kept(source, redesigned, after=1)
    after = kept(source, redesigned.replace("held", "broke"), after=2)

    assert anew.dictionary is None
    assert after.dictionary == anew


def test_the_same_body_is_kept_once():
    source, page = a_source(), a_page()

    assert kept(source, page) == kept(source, page, after=1)


def test_versions_of_one_page_never_lean_on_another_page():
    page = a_page()
    kept(a_source(), page)

    assert kept(a_source(), page.replace("held", "broke")).dictionary is None


def test_how_the_page_was_answered_is_kept_without_its_cookies():
    headers = {"content-type": "text/html", "etag": '"v1"', "set-cookie": "a=secret"}

    answer = kept(a_source(), a_page(), headers=headers).metadata["answer"]

    assert answer == {
        "status": 200,
        "address": "127.0.0.1",
        "headers": {"content-type": "text/html", "etag": '"v1"'},
    }


def damaged(source, **fields):
    page = a_page().encode()
    row = {
        "source": source,
        "sha256": archiving.digest(page),
        "fetched_at": NOON,
        "final_url": source.canonical_url,
        "body_zstd": zstandard.compress(page),
        "body_bytes": len(page),
        "text": "The dam held.",
        **fields,
    }
    return Snapshot.objects.create(**row)


@pytest.mark.parametrize(
    "fields",
    [
        {"body_zstd": b"\x00" * 40},
        {"body_zstd": zstandard.compress(b"x" * 20)},
        {"sha256": "0" * 64},
    ],
)
def test_a_damaged_body_is_a_clear_error_and_its_text_stands(fields):
    snapshot = damaged(a_source(), **fields)

    with pytest.raises(BodyDamaged, match="kept copy"):
        _ = snapshot.body
    assert snapshot.text == "The dam held."


def test_a_damaged_body_stops_nobody_from_keeping_the_next():
    source = a_source()
    damaged(source, body_zstd=b"\x00" * 40)

    snapshot = kept(source, a_page(), after=1)

    assert snapshot.dictionary is None
    assert snapshot.body
