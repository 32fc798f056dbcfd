"""
A file, taken in from end to end.

What a batch of rows makes, and how far the import has come with it, is written in one
transaction: whoever is killed has done a batch or has not, and the next one goes on
behind the last that was done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from psycopg.types.json import Json

from claims.errors import ImportOvertaken, ImportRefused
from claims.exchange import keeping, looking
from claims.exchange.reading import open_file, refused, rows
from claims.exchange.record import EXCERPT_CHARACTERS
from claims.exchange.terms import Terms
from claims.exchange.writing import Judge, make
from claims.exchange.writing.copying import copy
from claims.models import Import, ImportRow
from claims.vocabulary import ImportState, RowOutcome
from sources.plain import without_hidden
from sources.saying import gettext_noop
from sources.wire import tell, tell_after_commit

if TYPE_CHECKING:
    from claims.exchange.reading import File
    from claims.exchange.record import Row
    from claims.exchange.writing import Plan

LEASE = timedelta(minutes=2)
ATTEMPTS_MOST = 4
Clock = Callable[[], datetime]
_ROW = ("file_id", "number", "outcome", "claim_id", "excerpt", "faults")
_ZEROES = dict.fromkeys(["place", *RowOutcome.values], 0)
_RETRIES = 3  # where others write the same pages and claimants


def go_on(*, clock: Clock, seconds: float) -> bool:
    """
    Go on with an import that waits, for about so long.

    Returns whether there was one; call it again until there is none.
    """
    file = _leased(now=clock())
    if file is None:
        return False
    until = time.monotonic() + seconds
    try:
        with keeping.kept(file) as body:
            opened = open_file(body, encoding=file.encoding.replace("-sig", ""))
            if file.state == ImportState.CHECKING:
                check(file, opened, clock=clock)
            else:
                for _done in take_in(file, opened, clock=clock):
                    if time.monotonic() > until:
                        break
    except ImportRefused as exc:
        _end(file, ImportState.REFUSED, now=clock(), problem=exc.fault.kept())
    except ImportOvertaken:
        pass  # somebody stopped it, or is at it
    finally:
        Import.objects.filter(pk=file.pk).update(lease_until=None)
        tell([f"import:{file.pk}"])
    return True


def _leased(*, now: datetime) -> Import | None:
    with transaction.atomic():
        due = Import.objects.due(now).order_by("added_at")
        file = due.select_for_update(skip_locked=True).first()
        if file is None:
            return None
        if file.attempts >= ATTEMPTS_MOST:
            fault = refused(
                "gave_up",
                gettext_noop("Reading it broke off %(times)s times."),
                gettext_noop("Part the file, and look which part it is."),
                times=file.attempts,
            ).fault
            _end(file, ImportState.STOPPED, now=now, problem=fault.kept())
            return None
        file.lease_until, file.attempts = now + LEASE, file.attempts + 1
        file.save(update_fields=["lease_until", "attempts"])
        return file


def terms_of(file: Import) -> Terms:
    """Return the terms on which a file is read: the same ones however often."""
    return Terms(now=file.added_at, unnamed=file.unnamed, language=file.language)


# --- Checking -------------------------------------------------------------------


def check(file: Import, opened: File, *, clock: Clock) -> None:
    """
    Read the whole file, and write down what would become of it.

    Begins anew however far it came before. Raises ImportRefused.
    """
    file.rows.all().delete()
    Import.objects.filter(pk=file.pk).update(**_ZEROES, preview=[])
    terms = terms_of(file)
    preview: list[dict[str, Any]] = []
    for plan in looking.look_through(opened, terms=terms):
        first = plan.outcomes[: looking.PREVIEWED - len(preview)]
        preview.extend(looking.previewed(each.row) for each in first)
        with transaction.atomic():
            _come_further(file, plan, state=ImportState.CHECKING, until=clock() + LEASE)
            _write_down(file, plan, only=RowOutcome.REFUSED)
        tell([f"import:{file.pk}"])
    file.refresh_from_db()
    if not file.place:
        raise looking.nothing()
    refuse_what_brings_nothing(file)
    changed = Import.objects.filter(pk=file.pk, state=ImportState.CHECKING).update(
        state=ImportState.CHECKED,
        total=F("place"),
        preview=preview,
        unread=list(looking.unread(opened)),
        lease_until=None,
        attempts=0,
    )
    if changed and file.starts:
        begin(file)


def refuse_what_brings_nothing(file: Import) -> None:
    """Raise ImportRefused where no row is any good, or one is not and all have to be."""
    if file.refused and file.whole:
        raise refused(
            "rows_refused",
            gettext_noop("%(number)s rows cannot be taken in, so none is."),
            gettext_noop("Mend them, or take in the others."),
            number=file.refused,
        )
    if file.refused == file.place:
        raise refused(
            "no_good_rows",
            gettext_noop("None of its %(number)s rows can be taken in."),
            gettext_noop("The report says what is wrong with each."),
            number=file.refused,
        )


def begin(file: Import) -> None:
    """Have a checked file taken in. Raises ImportOvertaken, ImportRefused."""
    with transaction.atomic():
        fresh = Import.objects.select_for_update().get(pk=file.pk)
        if fresh.state != ImportState.CHECKED:
            raise ImportOvertaken(
                _("This file is not waiting to be taken in: its state is «%(state)s».")
                % {"state": fresh.get_state_display()}
            )
        refuse_what_brings_nothing(fresh)
        fresh.rows.all().delete()
        for name, value in _ZEROES.items():
            setattr(fresh, name, value)
        fresh.state, fresh.attempts = ImportState.RUNNING, 0
        fresh.save(update_fields=[*_ZEROES, "state", "attempts"])
        tell_after_commit(f"import:{file.pk}")
    file.refresh_from_db()


def stop(file: Import, *, at: datetime) -> None:
    """Have no more of a file taken in; what was stays. Raises ImportOvertaken."""
    with transaction.atomic():
        fresh = Import.objects.select_for_update().get(pk=file.pk)
        if fresh.finished_at is not None:
            raise ImportOvertaken(
                _("This file is over already: its state is «%(state)s».")
                % {"state": fresh.get_state_display()}
            )
        _end(fresh, ImportState.STOPPED, now=at)
    file.refresh_from_db()


# --- Taking in ------------------------------------------------------------------


def take_in(file: Import, opened: File, *, clock: Clock) -> Iterator[int]:
    """
    Take in what is left of a file, yielding how many rows are done.

    Raises ImportRefused, and ImportOvertaken where somebody else came further, or
    stopped it.
    """
    file.refresh_from_db()
    judge = Judge()
    left = rows(opened, terms=terms_of(file), skip=file.place)
    for some in looking.batches(left):
        _take_in(file, judge, some, at=clock())
        tell([f"import:{file.pk}", "queue"])
        yield file.place
    _end(file, ImportState.DONE, now=clock())


def _take_in(file: Import, judge: Judge, some: list[Row], *, at: datetime) -> None:
    for tries in range(1, _RETRIES + 1):
        try:
            plan = _written(file, judge, some, at=at)
        except IntegrityError:
            # Somebody else writes the same pages or claimants: look what is there now.
            if tries == _RETRIES:
                raise
        else:
            judge.written(plan)
            file.place += len(plan.outcomes)
            return


def _written(file: Import, judge: Judge, some: list[Row], *, at: datetime) -> Plan:
    with _history_of(file), transaction.atomic():
        plan = judge.judge(some)
        # First, so that who does it stands beside all that follows.
        _come_further(file, plan, state=ImportState.RUNNING, until=at + LEASE)
        make(plan, by=file.added_by, at=at)
        _write_down(file, plan)
        return plan


def _history_of(file: Import) -> Any:
    by = {"user": file.added_by_id} if file.added_by_id else {}
    return pghistory.context(**by, **{"import": str(file.pk)})


def _come_further(
    file: Import, plan: Plan, *, state: ImportState, until: datetime
) -> None:
    counts = plan.counts()
    mine = Import.objects.filter(pk=file.pk, state=state)
    if state == ImportState.RUNNING:
        mine = mine.filter(place=file.place)
    moved = mine.update(
        place=F("place") + len(plan.outcomes),
        lease_until=until,
        attempts=0 if state == ImportState.RUNNING else F("attempts"),
        **{name: F(name) + number for name, number in counts.items() if number},
    )
    if not moved:
        raise ImportOvertaken(_("Somebody else is at this file, or stopped it."))


def _write_down(file: Import, plan: Plan, *, only: str = "") -> None:
    copy(
        ImportRow,
        _ROW,
        (
            (
                file.pk,
                each.row.number,
                each.outcome,
                each.claim,
                ""
                if each.claim
                else without_hidden(each.row.excerpt)[:EXCERPT_CHARACTERS],
                Json([fault.kept() for fault in each.row.faults]),
            )
            for each in plan.outcomes
            if not only or each.outcome == only
        ),
    )


def _end(
    file: Import,
    state: ImportState,
    *,
    now: datetime,
    problem: dict[str, Any] | None = None,
) -> None:
    with transaction.atomic():
        Import.objects.filter(pk=file.pk, finished_at=None).update(
            state=state, finished_at=now, lease_until=None, problem=problem
        )
        keeping.forget(file)
        tell_after_commit(f"import:{file.pk}", "queue")
    file.refresh_from_db()
