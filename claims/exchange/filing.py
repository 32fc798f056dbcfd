"""A file that comes in by one of the doors: by a person's hand, or a program's."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from claims.access import Role, require
from claims.exchange import keeping, looking, running
from claims.exchange.reading import File, open_file, refused, rows, sheets
from claims.models import Import
from claims.vocabulary import ExchangeFormat, ImportState, RowOutcome
from sources.plain import without_hidden
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

# What is checked while somebody waits for the answer; more is for a worker.
SMALL_BYTES = 1024 * 1024
SMALL_ROWS = 3_000
_NAME_CHARACTERS = 200


def bring(
    body: IO[bytes],
    *,
    name: str,
    by: User,
    at: datetime,
    starts: bool,
    **terms: Any,
) -> Import:
    """
    Take a file, to be checked, and where it `starts` to be taken in after that.

    A small one is checked at once. Raises ImportRefused, and then nothing of it stays.
    """
    require(by, Role.EDITOR)
    encoding = terms.pop("encoding", "")
    digest, size = keeping.fingerprint(body)
    most = settings.CLAIMS_IMPORT_MAX_BYTES
    if size > most:
        raise refused(
            "too_large",
            _("The file has %(has)s bytes; %(most)s are taken."),
            _("Part it, or have it taken in by manage.py import_claims."),
            has=size,
            most=most,
        )
    opened = open_file(body, encoding=encoding)
    with transaction.atomic():
        file = Import.objects.create(
            name=_name(name),
            format=opened.format,
            encoding=opened.encoding,
            digest=digest,
            bytes=size,
            kept_here=True,
            starts=starts,
            added_by=by,
            added_at=at,
            **terms,
        )
        if _is_small(opened, size):
            running.check(file, opened, clock=lambda: at)
        else:
            _look_at_its_beginning(file, opened)
        keeping.keep(file, body)
    file.refresh_from_db()
    return file


def _name(name: str) -> str:
    """Return the name of a file without the folders that it comes from."""
    last = without_hidden(name.replace("\\", "/").rpartition("/")[2]).strip()
    return last[-_NAME_CHARACTERS:] or "file"


def _is_small(opened: File, size: int) -> bool:
    if size > SMALL_BYTES:
        return False
    return opened.format != ExchangeFormat.XLSX or sheets.is_small(opened)


def _look_at_its_beginning(file: Import, opened: File) -> None:
    """Refuse what is wrong from the first row on, and let the first ones be seen."""
    if opened.format == ExchangeFormat.XLSX:
        return  # the strings of a workbook are read before its first row
    terms = running.terms_of(file)
    first = next(looking.batches(rows(opened, terms=terms), size=20), [])
    file.preview = [looking.previewed(row) for row in first]
    file.unread = list(looking.unread(opened))
    file.save(update_fields=["preview", "unread"])


def begun_before(digest: str, *, by: User | None) -> Import | None:
    """Return an import of this very file that a command began and did not finish."""
    found = Import.objects.of_file(digest).unfinished().filter(kept_here=False)
    return found.filter(added_by=by).newest_first().first()


def from_command(
    body: IO[bytes],
    *,
    name: str,
    by: User | None,
    at: datetime,
    encoding: str = "",
    **terms: Any,
) -> tuple[Import, File]:
    """
    Take a file that a command reads from where it is, or go on with one begun before.

    It is read whole first. Raises ImportRefused, and then nothing of it stays.
    """
    if by is not None:
        require(by, Role.EDITOR)
    opened = open_file(body, encoding=encoding)
    digest, size = keeping.fingerprint(body)
    if before := begun_before(digest, by=by):
        return before, opened
    file = Import(
        name=_name(name),
        format=opened.format,
        encoding=opened.encoding,
        digest=digest,
        bytes=size,
        state=ImportState.RUNNING,
        added_by=by,
        added_at=at,
        **terms,
    )
    counts = _counts(file, opened)
    file.total = sum(counts.values())
    file.refused, file.place = counts[RowOutcome.REFUSED], file.total
    running.refuse_what_brings_nothing(file)
    file.refused = file.place = 0
    file.save(force_insert=True)
    return file, opened


def _counts(file: Import, opened: File) -> dict[str, int]:
    counts = dict.fromkeys(RowOutcome.values, 0)
    for row in rows(opened, terms=running.terms_of(file)):
        counts[RowOutcome.REFUSED if row.faults else RowOutcome.NEW] += 1
    if not any(counts.values()):
        raise looking.nothing()
    return counts
