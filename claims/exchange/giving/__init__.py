"""
Claims on their way out, in the order of their keys and a few hundred at a time.

However many there are, the memory stays the same; `after` goes on behind a claim, since
what is recorded meanwhile comes behind all others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from claims.exchange.columns import READ, WRITTEN_ONLY
from claims.exchange.giving import reviews, tables, whole, workbooks
from claims.exchange.giving.gathering import Given, gathered
from claims.vocabulary import ExportFormat

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

__all__ = ["MEDIA_TYPES", "NAMES", "give"]

MEDIA_TYPES = {
    ExportFormat.NDJSON: "application/x-ndjson",
    ExportFormat.JSON: "application/json",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    ExportFormat.CLAIMREVIEW: "application/x-ndjson",
    ExportFormat.DATAFEED: "application/ld+json",
}
NAMES = {
    ExportFormat.NDJSON: "claims.ndjson",
    ExportFormat.JSON: "claims.json",
    ExportFormat.CSV: "claims.csv",
    ExportFormat.XLSX: "claims.xlsx",
    ExportFormat.CLAIMREVIEW: "claimreviews.ndjson",
    ExportFormat.DATAFEED: "datafeed.json",
}
HEADER = (*WRITTEN_ONLY, *READ)


def give(
    form: ExportFormat, *, desk: bool, at: datetime, after: UUID | None = None
) -> Iterator[bytes]:
    """
    Yield the claims that may be seen, piece by piece.

    The desk sees all claims and what is suggested; readers what is published. What a
    review in the making found is nobody's to take away.
    """
    claims = gathered(desk=desk, after=after)
    return _WAYS[form](claims, at)


def _ndjson(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    return _lines(map(whole.written, claims))


def _claimreview(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    return _lines(each for claim in claims for each in reviews.written(claim, at=at))


def _json(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    return _listed(b"[", map(whole.written, claims), b"]\n")


def _datafeed(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "dateModified": at.isoformat(),
    }
    items = (
        {"@type": "DataFeedItem", "item": each}
        for claim in claims
        for each in reviews.written(claim, at=at)
    )
    opening = _spelled(head)[:-1] + b', "dataFeedElement": ['
    return _listed(opening, items, b"]}\n")


def _csv(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    return tables.written(HEADER, tables.rows(claims, HEADER))


def _xlsx(claims: Iterator[Given], at: datetime) -> Iterator[bytes]:
    return workbooks.written(HEADER, tables.rows(claims, HEADER), at=at)


_WAYS: dict[ExportFormat, Callable[[Iterator[Given], datetime], Iterator[bytes]]] = {
    ExportFormat.NDJSON: _ndjson,
    ExportFormat.JSON: _json,
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.CLAIMREVIEW: _claimreview,
    ExportFormat.DATAFEED: _datafeed,
}


def _spelled(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _lines(values: Iterator[Any]) -> Iterator[bytes]:
    for value in values:
        yield _spelled(value) + b"\n"


def _listed(opening: bytes, values: Iterator[Any], closing: bytes) -> Iterator[bytes]:
    yield opening
    before = b"\n"
    for value in values:
        yield before + _spelled(value)
        before = b",\n"
    yield b"\n" + closing
