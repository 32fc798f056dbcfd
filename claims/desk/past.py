"""
Everything that happened to a claim, step by step, from the records that are kept of it.

Four records, each ordered by its time and its key: moves, the claim itself, its
assessments, its citations. A page takes the newest of each and keeps the newest of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import F, Q, Window
from django.db.models.functions import Lag, Lead
from django.utils.translation import gettext as _

from claims import access
from claims.desk import changes
from claims.desk.sheet import noted
from claims.models.people import called
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from claims.desk.changes import Change
    from claims.models import Claim

PAGE = 40
MOVES, CLAIM, ASSESSMENTS, CITATIONS = 3, 2, 1, 0  # those of one instant, newest first


class PlaceRefused(ValueError):
    """The text is not a place in the past that was given out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the past: its time, its record, its key in there."""

    at: datetime
    record: int
    key: int | UUID

    def __str__(self) -> str:
        key = self.key.hex if isinstance(self.key, UUID) else self.key
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.record}-{key}"

    @classmethod
    def read(cls, text: str) -> Place:
        """Return the place that `str` spelled. Raises PlaceRefused."""
        try:
            moment, record, key = text.split("-")
            return cls(
                at=datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC),
                record=int(record),
                key=UUID(hex=key) if int(record) == MOVES else int(key),
            )
        except ValueError as exc:
            raise PlaceRefused(_("This is not a place in a history.")) from exc

    def order(self) -> tuple[datetime, int, int]:
        return self.at, self.record, int(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened, in words."""

    place: Place
    title: str
    said: str = ""  # whose words it is about
    detail: str = ""
    note: str = ""  # why, as somebody wrote it down
    by: str = ""  # empty for a worker, or where it is not known
    person: int | None = None
    request: str = ""
    moved: bool = False  # a change of status
    changed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Some of what happened, the newest first."""

    steps: tuple[Step, ...]
    older: Place | None


def past(claim: Claim, *, user: User, before: Place | None) -> Past:
    """Return what happened to a claim before a place, as this person may know it."""
    found = [
        *_moves(claim, user=user, before=before),
        *_rewordings(claim, before=before),
        *_assessments(claim, before=before),
        *_citations(claim, user=user, before=before),
    ]
    found.sort(key=lambda step: step.place.order(), reverse=True)
    shown = found[:PAGE]
    return Past(
        steps=tuple(_with_names(shown)),
        older=shown[-1].place if len(found) > PAGE else None,
    )


def _with_names(steps: Sequence[Step]) -> list[Step]:
    people = User.objects.in_bulk({step.person for step in steps if step.person})
    return [
        replace(step, by=called(people[step.person])) if step.person in people else step
        for step in steps
    ]


# --- The four records ---------------------------------------------------------


def _moves(claim: Claim, *, user: User, before: Place | None) -> Iterable[Step]:
    rows = _earlier(claim.moves.all(), before, record=MOVES, at="at", key="pk")
    making = claim.reviews.unpublished().first()
    for event in noted(rows.select_related("by"), making=making, user=user):
        move = event.move
        yield Step(
            place=Place(at=move.at, record=MOVES, key=move.pk),
            title=_("%(before)s → %(after)s")
            % {
                "before": move.get_from_status_display(),
                "after": move.get_to_status_display(),
            },
            detail=move.get_reason_display() if move.reason else "",
            note=event.note,
            by="" if move.by else _("a worker"),
            person=move.by_id,
            moved=True,
        )


def _rewordings(claim: Claim, *, before: Place | None) -> Iterable[Step]:
    """Yield what became of the claim's own fields, and of who has it."""
    rows = (
        _history("ClaimEvent")
        .filter(pgh_obj=claim.pk)
        .annotate(
            **_neighbours("version", "assigned_to_id", "status", "pgh_created_at"),
            then_status=Window(Lead("status"), order_by="pgh_id"),
            then_pgh_created_at=Window(Lead("pgh_created_at"), order_by="pgh_id"),
        )
        # Whoever hands a claim in, or publishes it, also lets go of it: one act.
        .exclude(
            Q(was__isnull=False, version=F("was_version"), assigned_to=None)
            & (_moved_with("was") | _moved_with("then"))
        )
        .filter(
            Q(was=None)
            | ~Q(version=F("was_version"))
            | ~Q(assigned_to=F("was_assigned_to_id"))
            | Q(assigned_to=None, was_assigned_to_id__isnull=False)
            | Q(assigned_to__isnull=False, was_assigned_to_id=None)
        )
    )
    events = _page_of(rows, before, record=CLAIM)
    earlier = _before_these(events, "ClaimEvent")
    people = User.objects.in_bulk({e.assigned_to_id for e in events} - {None})
    for event in events:
        was = earlier.get(event.was)
        changed = changes.of_claim(was, event) if was else ()
        yield _step(
            event,
            record=CLAIM,
            title=changes.claim_title(
                was, event, person=people.get(event.assigned_to_id)
            ),
            said="" if was else event.statement,
            changed=changed,
        )


def _assessments(claim: Claim, *, before: Place | None) -> Iterable[Step]:
    rows = (
        _history("AssessmentEvent")
        .filter(claim=claim.pk)
        .annotate(
            **_neighbours("version", "pgh_label", "pgh_created_at", of="pgh_obj"),
            then_state=Window(
                Lead("state"), partition_by=[F("pgh_obj")], order_by="pgh_id"
            ),
            then_pgh_created_at=Window(
                Lead("pgh_created_at"), partition_by=[F("pgh_obj")], order_by="pgh_id"
            ),
        )
        .filter(Q(was=None) | ~Q(version=F("was_version")))
        # A reviewer stands behind what they write down: one act.
        .exclude(
            was__isnull=False,
            was_pgh_label="insert",
            was_pgh_created_at=F("pgh_created_at"),
            state=AssessmentState.CONFIRMED,
        )
        .select_related("assessor")
    )
    events = _page_of(rows, before, record=ASSESSMENTS)
    earlier = _before_these(events, "AssessmentEvent")
    for event in events:
        was = earlier.get(event.was)
        yield _step(
            event,
            record=ASSESSMENTS,
            title=changes.assessment_title(was, event),
            said="" if was else event.statement,
            changed=changes.of_assessment(was, event) if was else (),
        )


def _citations(claim: Claim, *, user: User, before: Place | None) -> Iterable[Step]:
    rows = (
        _history("CitationEvent")
        .filter(
            Q(claim=claim.pk)
            | Q(assessment__claim=claim.pk)
            | Q(review__claim=claim.pk)
        )
        .filter(access.findings_open_to(user, review="review"))
        .select_related("passage__source", "assessment__assessor")
    )
    for event in _page_of(rows, before, record=CITATIONS):
        yield _step(
            event,
            record=CITATIONS,
            title=changes.citation_title(event),
            said=event.passage.exact,
            detail=event.passage.source.name,
        )


def _moved_with(neighbour: str) -> Q:
    """Tell of an event whether its neighbour changed the status in the same act."""
    # What one transaction does has one time.
    there = Q(**{f"{neighbour}_status__isnull": False})
    at_once = Q(pgh_created_at=F(f"{neighbour}_pgh_created_at"))
    return there & at_once & ~Q(status=F(f"{neighbour}_status"))


# --- How they are asked -------------------------------------------------------


def _history(name: str) -> QuerySet[Any]:
    # The models that the history's triggers write to are made at run time.
    found: QuerySet[Any] = apps.get_model("claims", name)._default_manager.all()
    return found


def _neighbours(*fields: str, of: str = "") -> dict[str, Window]:
    """Return the event before each (`was`), and these fields as they were there."""
    ahead: dict[str, Any] = {"order_by": "pgh_id"}
    if of:
        ahead["partition_by"] = [F(of)]
    return {
        "was": Window(Lag("pgh_id"), **ahead),
        **{f"was_{name}": Window(Lag(name), **ahead) for name in fields},
    }


def _page_of(rows: QuerySet[Any], before: Place | None, *, record: int) -> list[Any]:
    found = _earlier(rows, before, record=record, at="pgh_created_at", key="pgh_id")
    return list(found.select_related("pgh_context", *_joined(rows)))


def _joined(rows: QuerySet[Any]) -> list[str]:
    return {
        "AssessmentEvent": ["assessor"],
        "CitationEvent": ["passage__source", "assessment__assessor"],
    }.get(rows.model.__name__, ["claimant"])


def _earlier(
    rows: QuerySet[Any], before: Place | None, *, record: int, at: str, key: str
) -> QuerySet[Any]:
    """Return the newest rows of a record that lie before a place."""
    if before is not None:
        if record < before.record:
            rows = rows.filter(**{f"{at}__lte": before.at})
        elif record > before.record:
            rows = rows.filter(**{f"{at}__lt": before.at})
        else:
            rows = rows.filter(
                Q(**{f"{at}__lt": before.at})
                | Q(**{at: before.at, f"{key}__lt": before.key})
            )
    return rows.order_by(f"-{at}", f"-{key}")[: PAGE + 1]


def _before_these(events: Sequence[Any], name: str) -> dict[int, Any]:
    rows = _history(name).select_related(
        "claimant" if name == "ClaimEvent" else "assessor"
    )
    found: dict[int, Any] = rows.in_bulk({e.was for e in events if e.was})
    return found


def _step(event: Any, *, record: int, title: str, **told: Any) -> Step:
    context = event.pgh_context.metadata if event.pgh_context else {}
    return Step(
        place=Place(at=event.pgh_created_at, record=record, key=event.pgh_id),
        title=title,
        person=context.get("user"),
        request=context.get("request_id", ""),
        note=context.get("reason", ""),
        **told,
    )
