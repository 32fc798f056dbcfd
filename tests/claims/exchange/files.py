"""Files of our own writing, to be taken in."""

import csv
import io
import json

from claims.exchange import filing, running
from claims.exchange.reading import open_file, rows
from claims.exchange.terms import Terms
from tests.factories import NOON, a_person

HEADER = "statement,claimant,said_at"
COLUMNS = ("statement", "claimant", "said_at")


def a_check(number=1, **fields):
    """A ClaimReview as others publish them."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://checks.example/check-{number}",
        "datePublished": "2026-02-03",
        "claimReviewed": f"The dam of Port Ellery holds {number} million litres.",
        "name": f"No, the dam does not hold {number} million litres",
        "author": {"@type": "Organization", "name": "Dam Watch"},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ada Quill"},
            "datePublished": "2026-02-01",
            "appearance": {
                "@type": "CreativeWork",
                "url": f"https://paper.example/story-{number}",
            },
        },
        **fields,
    }


def ndjson(*values):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in values)


def table(*lines, columns=COLUMNS, delimiter=","):
    """A CSV table with these lines."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(lines)
    return out.getvalue()


def some_lines(number, start=1):
    return [
        [f"The dam holds {each} million litres.", "Ada Quill", "2026-02-01"]
        for each in range(start, start + number)
    ]


def body(content):
    return io.BytesIO(content if isinstance(content, bytes) else content.encode())


def read(content, *, encoding="", **terms):
    """Every row of a file."""
    return list(
        rows(
            open_file(body(content), encoding=encoding), terms=Terms(now=NOON, **terms)
        )
    )


def faults(content, **terms):
    """The codes of what is wrong, row by row."""
    return {
        row.number: [(fault.field, fault.code) for fault in row.faults]
        for row in read(content, **terms)
        if row.faults
    }


def bring(content, *, by=None, starts=False, name="checks", **terms):
    """A file that an editor has brought."""
    return filing.bring(
        body(content),
        name=name,
        by=by or a_person("editor"),
        at=NOON,
        starts=starts,
        **terms,
    )


def worked(file, *, seconds=60.0):
    """The file after workers have gone on with it to its end."""
    while running.go_on(clock=lambda: NOON, seconds=seconds):
        pass
    file.refresh_from_db()
    return file


def taken_in(content, **terms):
    """A file that was taken in by workers, whole."""
    return worked(bring(content, starts=True, **terms))
