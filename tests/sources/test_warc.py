"""What was kept of pages, as a WARC file that others read."""

import io
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sources.archiving import warc
from sources.models import Check
from tests.factories import NOON, a_snapshot, a_source
from tests.sources.test_keeping import a_page, damaged, kept

pytestmark = pytest.mark.django_db

HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": "12",
    "x-motto": "Wörter — ünd so weiter",
}


def written(*sources, name="claim.warc.gz"):
    return b"".join(
        warc.write(sources, name=name, at=NOON, info={"description": "Two\r\nlines"})
    )


def records(data):
    """Each record with its headers and what is in it."""
    return [
        SimpleNamespace(
            kind=record.rec_type,
            headers=dict(record.rec_headers.headers),
            http=record.http_headers,
            body=record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    ]


def a_look(source, at, status=304, snapshot=None):
    return Check.objects.create(
        source=source,
        lease_token=uuid4(),
        started_at=at,
        duration_ms=1,
        outcome="unchanged",
        http_status=status,
        snapshot=snapshot,
    )


def test_the_checker_of_the_format_finds_no_fault(tmp_path, capsys):
    source, page = a_source(), a_page()
    for number in range(3):
        kept(source, page.replace("held", f"held {number}"), after=number)
    a_look(source, NOON + timedelta(minutes=90))
    a_snapshot(source, "From a time when headers were not kept.")
    kept(a_source(), page.replace("held", "held 1"))
    file = tmp_path / "claim.warc.gz"
    file.write_bytes(written(*type(source).objects.order_by("pk")))

    checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=True))

    assert checker.process_all() == 0
    said = capsys.readouterr().out
    assert said.count("digest pass") >= 9
    assert "failed" not in said


def test_a_page_is_an_answer_with_its_headers_and_its_text_beside_it():
    source, page = a_source(), a_page()
    snapshot = kept(source, page, headers=HEADERS)

    info, response, text = records(written(source))

    assert (info.kind, response.kind, text.kind) == (
        "warcinfo",
        "response",
        "conversion",
    )
    assert b"description: Two lines\r\n" in info.body
    assert response.body == page.encode()
    assert response.headers["WARC-Record-ID"] == f"<urn:uuid:{snapshot.pk}>"
    assert response.headers["WARC-Target-URI"] == source.canonical_url
    assert response.headers["WARC-Date"] == "2026-03-14T12:00:00Z"
    assert response.headers["WARC-IP-Address"] == "127.0.0.1"
    assert response.http.get_statuscode() == "200"
    assert response.http.get_header("content-length") == str(len(page))
    assert response.http.get_header("content-encoding") is None
    assert response.http.get_header("x-archive-orig-content-encoding") == "gzip"
    assert text.body.decode() == snapshot.text
    assert text.headers["WARC-Refers-To"] == f"<urn:uuid:{snapshot.pk}>"


def test_what_is_packed_against_another_version_comes_out_whole():
    source, page = a_source(), a_page()
    kept(source, page)
    edited = page.replace("held", "broke")
    assert kept(source, edited, after=1).dictionary

    bodies = [r.body for r in records(written(source)) if r.kind == "response"]

    assert bodies == [page.encode(), edited.encode()]


def test_without_headers_a_page_is_a_resource():
    source = a_source()
    a_snapshot(source, "The dam held.")

    _, resource, _ = records(written(source))

    assert resource.kind == "resource"
    assert resource.headers["Content-Type"] == "text/html"
    assert b"The dam held." in resource.body


def test_a_body_that_stands_in_the_file_is_not_written_again():
    first, second, page = a_source(), a_source(), a_page()
    before, again = kept(first, page), kept(second, page, after=1)

    revisit = next(r for r in records(written(first, second)) if r.kind == "revisit")

    assert revisit.body == b""
    assert revisit.headers["WARC-Record-ID"] == f"<urn:uuid:{again.pk}>"
    assert revisit.headers["WARC-Refers-To"] == f"<urn:uuid:{before.pk}>"
    assert revisit.headers["WARC-Refers-To-Target-URI"] == first.canonical_url
    assert revisit.headers["WARC-Profile"].endswith("identical-payload-digest")


def test_a_look_that_heard_of_no_change_is_a_revisit_of_what_was_seen_before():
    source, page = a_source(), a_page()
    first = kept(source, page)
    kept(source, page.replace("held", "broke"), after=5)
    look = a_look(source, NOON + timedelta(hours=1))
    a_look(source, NOON + timedelta(hours=2), status=200)

    found = records(written(source))

    assert [r.kind for r in found] == [
        "warcinfo",
        "response",
        "conversion",
        "revisit",
        "response",
        "conversion",
    ]
    assert found[3].headers["WARC-Record-ID"] == f"<urn:uuid:{look.pk}>"
    assert found[3].headers["WARC-Refers-To"] == f"<urn:uuid:{first.pk}>"
    assert found[3].headers["WARC-Date"] == "2026-03-14T13:00:00Z"
    assert found[3].headers["WARC-Profile"].endswith("server-not-modified")


def test_a_version_that_comes_back_is_a_revisit_of_the_first_time():
    source, page = a_source(), a_page()
    first = kept(source, page)
    other = kept(source, page.replace("held", "broke"), after=2)
    for hours, snapshot in ((0, first), (2, other), (4, first), (6, None)):
        at = NOON + timedelta(hours=hours, seconds=-1)
        look = a_look(source, at, status=200 if snapshot else 304, snapshot=snapshot)

    found = records(written(source))

    assert [r.kind for r in found][1:] == [
        *("response", "conversion", "response", "conversion", "revisit", "revisit")
    ]
    again, no_change = found[-2:]
    assert again.headers["WARC-Date"] == "2026-03-14T15:59:59Z"
    assert again.headers["WARC-Refers-To"] == f"<urn:uuid:{first.pk}>"
    assert again.headers["WARC-Profile"].endswith("identical-payload-digest")
    assert (
        again.headers["WARC-Payload-Digest"] == found[1].headers["WARC-Payload-Digest"]
    )
    assert no_change.headers["WARC-Record-ID"] == f"<urn:uuid:{look.pk}>"
    assert no_change.headers["WARC-Refers-To"] == f"<urn:uuid:{first.pk}>"
    assert no_change.headers["WARC-Profile"].endswith("server-not-modified")


def test_names_of_records_are_the_same_in_every_export():
    source = a_source()
    kept(source, a_page())

    first, second = records(written(source)), records(written(source))

    ids = [[r.headers["WARC-Record-ID"] for r in found] for found in (first, second)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3
    assert written(source) == written(source)


def test_a_damaged_body_is_said_in_its_place_and_the_text_is_there():
    source = a_source()
    damaged(source, body_zstd=b"\x00" * 9)

    _, metadata, text = records(written(source))

    assert metadata.kind == "metadata"
    assert b"damaged: The kept copy" in metadata.body
    assert text.body == b"The dam held."


def test_one_page_is_held_at_a_time():
    source = a_source()
    for number in range(4):
        kept(source, a_page(), after=number)

    pieces = list(warc.write([source], name="a", at=NOON, info={}))

    assert len(pieces) == 1 + 2 * 4
    assert max(map(len, pieces)) < 15_000


def test_no_sources_are_a_file_all_the_same():
    (info,) = records(written())

    assert info.kind == "warcinfo"
