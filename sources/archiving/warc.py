"""
What was kept of pages, as a WARC file (ISO 28500, version 1.1), gzip for each record.

Each snapshot is a `response` with the headers it came with, or a `resource` where
they were not kept, and its text a `conversion` of it. A look that heard 304, one that
found again what was kept before, and a body that stands in the file already, are
`revisit` records. Identifiers are those of
the rows, so that the same record has the same name in every export.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from sources.errors import BodyDamaged
from sources.models import Check, Snapshot, Source

_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_TEXT = "text/plain; charset=utf-8"
# The body is kept as it was read: what these say of it is not true any more.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def write(
    sources: Iterable[Source], *, name: str, at: datetime, info: Mapping[str, str]
) -> Iterator[bytes]:
    """
    Yield the file piece by piece; no more than one page is held at a time.

    `name` is that of the file, `at` when it is made, `info` what is said of it.
    """
    file = _File()
    yield file.begin(name, at=at, info=info)
    for source in sources:
        yield from _source(file, source)


def _source(file: _File, source: Source) -> Iterator[bytes]:
    kept = source.snapshots.order_by("fetched_at", "pk").values_list("pk", flat=True)
    looks = _later_looks(source)
    look = next(looks, None)
    last: UUID | None = None
    # One at a time: a page is up to 5 MB, and there may be hundreds.
    for pk in list(kept):
        snapshot = Snapshot.objects.select_related("dictionary").get(pk=pk)
        while look is not None and look.started_at < snapshot.fetched_at:
            last = look.snapshot_id or last
            yield from file.look(look, last)
            look = next(looks, None)
        yield file.page(snapshot)
        yield file.text(snapshot)
        if not snapshot.memento_url:
            last = snapshot.pk
    while look is not None:
        last = look.snapshot_id or last
        yield from file.look(look, last)
        look = next(looks, None)


def _later_looks(source: Source) -> Iterator[Check]:
    """Yield the looks that found what was kept before, the oldest first."""
    copies = source.snapshots.exclude(memento_url="").values_list("pk", flat=True)
    # The first look at a version is the one that kept it, unless an archive did.
    known = set(copies)
    for look in source.checks.that_found_what_was_kept().oldest_first().iterator():
        if look.snapshot_id is None or look.snapshot_id in known:
            yield look
        else:
            known.add(look.snapshot_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A body that stands in the file."""

    pk: UUID  # of its record
    uri: str
    at: datetime
    digest: str  # empty where it is damaged


@dataclass(slots=True)
class _File:
    """The file in the making."""

    _out: io.BytesIO = field(default_factory=io.BytesIO)
    _written: dict[str, _Written] = field(default_factory=dict)  # by hash of the body
    _of: dict[UUID, tuple[str, _Written]] = field(default_factory=dict)  # by snapshot

    def begin(self, name: str, *, at: datetime, info: Mapping[str, str]) -> bytes:
        fields = {
            "software": "Counterclaim",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/"
            "specifications/warc-format/warc-1.1/",
            **info,
        }
        said = "".join(f"{key}: {_line(value)}\r\n" for key, value in fields.items())
        return self._record(
            "warcinfo",
            uuid5(NAMESPACE_URL, f"{name} {at.isoformat()}"),
            at=at,
            body=said.encode(),
            headers={"WARC-Filename": name},
        )

    def page(self, snapshot: Snapshot) -> bytes:
        """Write the page as it came."""
        try:
            body = snapshot.body
        except BodyDamaged as damage:
            self._of[snapshot.pk] = snapshot.final_url, _written(snapshot, digest="")
            return self._record(
                "metadata",
                snapshot.pk,
                at=_taken_at(snapshot),
                uri=snapshot.final_url,
                body=f"damaged: {damage}\r\n".encode(),
            )
        earlier = self._written.get(snapshot.sha256)
        written = earlier or _written(snapshot, digest=_digest(body))
        self._written[snapshot.sha256] = written
        self._of[snapshot.pk] = snapshot.final_url, written
        if earlier is not None:
            return self._again(snapshot, earlier, size=len(body))
        answered = _answered(snapshot, len(body))
        return self._record(
            "response" if answered else "resource",
            snapshot.pk,
            at=_taken_at(snapshot),
            uri=snapshot.final_url,
            body=body,
            http=answered,
            kind="" if answered else _kind(snapshot),
            headers=_address(snapshot),
        )

    def text(self, snapshot: Snapshot) -> bytes:
        """Write what a reader saw of the page."""
        return self._record(
            "conversion",
            uuid5(snapshot.pk, "text"),
            at=_taken_at(snapshot),
            uri=snapshot.final_url,
            body=snapshot.text.encode("utf-8", "replace"),
            kind=_TEXT,
            headers={"WARC-Refers-To": _urn(snapshot.pk)},
        )

    def look(self, look: Check, snapshot: UUID | None) -> Iterator[bytes]:
        """Write that a look found what stands in the file already, if it does."""
        if snapshot not in self._of:
            return
        uri, written = self._of[snapshot]
        if look.snapshot_id is None:
            said, profile = "304 Not Modified", {"WARC-Profile": _NOT_MODIFIED}
        elif written.digest:
            said, profile = f"{look.http_status or 200} OK", _identical(written)
        else:
            return
        yield self._record(
            "revisit",
            look.pk,
            at=look.started_at,
            uri=uri,
            http=StatusAndHeaders(said, [], protocol="HTTP/1.1"),
            headers={**profile, **_refers_to(written)},
        )

    def _again(self, snapshot: Snapshot, earlier: _Written, *, size: int) -> bytes:
        """Write that a page was the same as one that stands in the file already."""
        return self._record(
            "revisit",
            snapshot.pk,
            at=_taken_at(snapshot),
            uri=snapshot.final_url,
            http=_answered(snapshot, size),
            headers={
                **_identical(earlier),
                **_refers_to(earlier),
                **_address(snapshot),
            },
        )

    def _record(
        self,
        kind_of_record: str,
        pk: UUID,
        *,
        at: datetime,
        uri: str = "",
        body: bytes = b"",
        kind: str = "",
        http: StatusAndHeaders | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        writer = WARCWriter(self._out, gzip=True, warc_version="1.1")
        record = writer.create_warc_record(
            uri,
            kind_of_record,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=kind,
            http_headers=http,
            warc_headers_dict={
                "WARC-Record-ID": _urn(pk),
                "WARC-Date": _date(at),
                **(headers or {}),
            },
        )
        writer.write_record(record)
        written = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return written


def _answered(snapshot: Snapshot, size: int) -> StatusAndHeaders | None:
    """Return status and headers of the answer; None where they were not kept."""
    answer: dict[str, Any] = snapshot.metadata.get("answer") or {}
    if not answer:
        return None
    status = int(answer["status"])
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Said"
    said = [
        (f"X-Archive-Orig-{key}" if key in _OF_THE_WIRE else key, value)
        for key, value in answer["headers"].items()
    ]
    return StatusAndHeaders(
        f"{status} {phrase}",
        [*said, ("content-length", str(size))],
        protocol="HTTP/1.1",
    )


def _digest(body: bytes) -> str:
    # The one that the library writes elsewhere, for readers compare the two.
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def _kind(snapshot: Snapshot) -> str:
    media_type = snapshot.media_type or "application/octet-stream"
    charset = f"; charset={snapshot.charset}" if snapshot.charset else ""
    return _line(media_type + charset)


def _address(snapshot: Snapshot) -> dict[str, str]:
    address = (snapshot.metadata.get("answer") or {}).get("address", "")
    return {"WARC-IP-Address": address} if address else {}


def _written(snapshot: Snapshot, *, digest: str) -> _Written:
    return _Written(
        pk=snapshot.pk,
        uri=snapshot.final_url,
        at=_taken_at(snapshot),
        digest=digest,
    )


def _identical(written: _Written) -> dict[str, str]:
    return {"WARC-Profile": _IDENTICAL, "WARC-Payload-Digest": written.digest}


def _refers_to(written: _Written) -> dict[str, str]:
    return {
        "WARC-Refers-To": _urn(written.pk),
        "WARC-Refers-To-Target-URI": written.uri,
        "WARC-Refers-To-Date": _date(written.at),
    }


def _taken_at(snapshot: Snapshot) -> datetime:
    """Return when we fetched it, which for an archive's copy is later than its own."""
    copied_at = snapshot.metadata.get("copied_at")
    return datetime.fromisoformat(copied_at) if copied_at else snapshot.fetched_at


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _urn(pk: UUID) -> str:
    return f"<urn:uuid:{pk}>"


def _line(text: str) -> str:
    return " ".join(text.split())
