"""The API of claims."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from claims import editing, snoozing
from claims.access import Role
from claims.api.shapes.assessments import AssessmentIn, AssessmentOut
from claims.api.shapes.citations import CitationIn, CitationOut
from claims.api.shapes.claims import (
    INCLUDABLE,
    ClaimHistoryOut,
    ClaimIn,
    ClaimOut,
    MoveOut,
)
from claims.api.shapes.queue import SnoozeIn, SnoozeOut
from claims.api.shapes.reviews import ReviewOut
from claims.api.views import past, queries
from claims.api.views.around import AROUND, Around
from claims.api.views.including import included
from claims.api.views.moves import MOVES, Moves
from claims.api.views.rows import (
    ONE_CITATION,
    Citing,
    ClaimResource,
    address,
    with_assessors,
    with_deliberation,
    with_pages,
)
from claims.models import Assessment, Review
from claims.vocabulary import Scope
from sources.api import asking
from sources.api.asking import PageQuery
from sources.api.resource import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request

READ = (Scope.CLAIMS_READ,)
WRITE = (Scope.CLAIMS_WRITE,)
DECIDE = (Scope.REVIEW_DECIDE,)
CONTRIBUTOR, REVIEWER = Role.CONTRIBUTOR.group, Role.REVIEWER.group
# Claims whose time is not known come before the oldest.
BEGINNING = Value(datetime(1, 1, 2, tzinfo=UTC), output_field=DateTimeField())


class ClaimViewSet(Moves, Around, Citing, ClaimResource):
    """Claims, and what is said about them."""

    operations = {
        "list": Operation(
            summary="List claims",
            gives=ClaimOut,
            asks=queries.ClaimQuery,
            sorts={
                "created_at": "created_at",
                "updated_at": "updated_at",
                "said_at": Coalesce("said_at", BEGINNING),
            },
            sort="-created_at",
        ),
        "create": Operation(
            summary="Record a claim",
            takes=ClaimIn,
            gives=ClaimOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "retrieve": Operation(
            summary="Read a claim", gives=ClaimOut, asks=queries.OneClaimQuery
        ),
        "partial_update": Operation(
            summary="Change a claim",
            takes=ClaimIn,
            gives=ClaimOut,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "assessments": Operation(
            summary="List the assessments of a claim",
            gives=AssessmentOut,
            asks=queries.AssessmentsOfClaimQuery,
            sorts={"created_at": "created_at"},
            sort="created_at",
        ),
        "assess": Operation(
            summary="Assess a claim",
            takes=AssessmentIn,
            gives=AssessmentOut,
            status=HTTPStatus.CREATED,
            scopes=(Scope.ASSESSMENTS_WRITE,),
            role=CONTRIBUTOR,
        ),
        "citations": Operation(
            summary="List the citations of a claim",
            gives=CitationOut,
            asks=PageQuery,
            sorts={"created_at": "created_at"},
            sort="created_at",
        ),
        "cite": Operation(
            summary="Cite a page for a claim",
            takes=CitationIn,
            gives=CitationOut,
            status=HTTPStatus.CREATED,
            known_is_given=True,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "uncite": Operation(
            summary="Take back a citation of a claim",
            gives=CitationOut,
            status=HTTPStatus.NO_CONTENT,
            scopes=WRITE,
            role=REVIEWER,
        ),
        "snooze": Operation(
            summary="Read until when you have put a claim off",
            gives=SnoozeOut,
            scopes=READ,
            role=REVIEWER,
        ),
        "put_off": Operation(
            summary="Put a claim off",
            takes=SnoozeIn,
            gives=SnoozeOut,
            scopes=DECIDE,
            role=REVIEWER,
        ),
        "wake": Operation(
            summary="Have a claim back that you put off",
            gives=SnoozeOut,
            status=HTTPStatus.NO_CONTENT,
            scopes=DECIDE,
            role=REVIEWER,
        ),
        "history": Operation(
            summary="List the changes of a claim",
            gives=ClaimHistoryOut,
            asks=PageQuery,
            scopes=READ,
            role=CONTRIBUTOR,
            sorts={"at": "pgh_created_at"},
            sort="-at",
        ),
        "moves": Operation(
            summary="List the moves of a claim",
            gives=MoveOut,
            asks=PageQuery,
            scopes=READ,
            role=CONTRIBUTOR,
            sorts={"at": "at"},
            sort="-at",
        ),
        "reviews_of": Operation(
            summary="List the reviews of a claim",
            gives=ReviewOut,
            asks=PageQuery,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        **AROUND,
        **MOVES,
    }

    def list(self, request: Request) -> Response:
        """Without a token, what is published; with one that may, the desk's too."""
        self._require_known()
        if not self.desk and not self.asked.keys() & {"include", "as_of"}:
            rows = queries.claims(self.visible_claims(), self.asked, desk=False)
            return self.told(rows)
        return self.listed(
            queries.claims(self.get_queryset(), self.asked, desk=self.desk)
        )

    def create(self, request: Request) -> Response:
        """The claim is new: a reviewer takes it from here."""
        fields = self.taken()
        return self.recorded(
            editing.create_claim(by=self.caller, at=self.now, **fields)
        )

    def retrieve(self, request: Request, pk: str) -> Response:
        """With `as_of`, as readers read it then; 404 where they could not yet."""
        self._require_known()
        rows = self.get_queryset()
        if self.then is not None:
            rows = rows.filter(past.stood(self.then))
        return self.given(get_object_or_404(rows, pk=pk))

    def _require_known(self) -> None:
        asking.require_known("include", self.asked.get("include", ()), known=INCLUDABLE)

    def partial_update(self, request: Request, pk: str) -> Response:
        return self.changed(partial(editing.change_claim, by=self.caller, at=self.now))

    @action(detail=True)
    def assessments(self, request: Request, pk: str) -> Response:
        rows = with_assessors(self.visible_assessments().filter(claim=self.claim()))
        return self.listed(queries.assessments(rows, self.asked))

    @assessments.mapping.post
    def assess(self, request: Request, pk: str) -> Response:
        """
        A reviewer's assessment is confirmed at once, a contributor's is suggested.

        A confirmed contradiction brings a published claim back to the desk.
        """
        claim = self.claim()
        fields = self.taken()
        assessment = editing.add_assessment(
            claim, by=self.caller, at=self.now, **fields
        )
        return self.given(
            with_assessors(Assessment.objects.filter(pk=assessment.pk)).get(),
            at=address("assessment", assessment),
        )

    @action(detail=True)
    def citations(self, request: Request, pk: str) -> Response:
        return self.listed(with_pages(self.claim().citations.all()))

    @citations.mapping.post
    def cite(self, request: Request, pk: str) -> Response:
        """
        The page becomes a source and a worker looks for the words soon.

        The same words cited twice for the same purpose are one citation: 200.
        """
        return self.cited(self.claim())

    @action(detail=True, methods=["delete"], url_path=ONE_CITATION)
    def uncite(self, request: Request, pk: str, citation: str) -> Response:
        """One that was wrongly recorded. What readers have seen stays: 400."""
        cited = get_object_or_404(self.claim().citations, pk=citation)
        editing.uncite(cited, by=self.caller)
        return Response(status=HTTPStatus.NO_CONTENT)

    @action(detail=True)
    def snooze(self, request: Request, pk: str) -> Response:
        """404 where it is not put off."""
        kept = snoozing.snoozed(self.claim(), by=self.caller, now=self.now)
        if kept is None:
            raise NotFound
        return self.given(kept)

    @snooze.mapping.put
    def put_off(self, request: Request, pk: str) -> Response:
        """
        Out of your sight until then; others see it as before.

        It comes back earlier when it becomes due or moves.
        """
        return self.given(
            snoozing.snooze(self.claim(), by=self.caller, at=self.now, **self.taken())
        )

    @snooze.mapping.delete
    def wake(self, request: Request, pk: str) -> Response:
        """Nothing to do where it is not put off."""
        snoozing.wake(self.claim(), by=self.caller)
        return Response(status=HTTPStatus.NO_CONTENT)

    @action(detail=True)
    def history(self, request: Request, pk: str) -> Response:
        """The claim as it stood after each change of it, and who made that."""
        # The model that the history's triggers write to is made at run time.
        events: QuerySet[Any] = getattr(self.claim(), "events").all()  # noqa: B009
        return self.listed(events.select_related("pgh_context"))

    @action(detail=True)
    def moves(self, request: Request, pk: str) -> Response:
        """What a second reviewer wrote back is for its writer while a review is blind."""
        return self.listed(self.claim().moves.select_related("by"))

    @action(detail=True, url_path="reviews", url_name="reviews")
    def reviews_of(self, request: Request, pk: str) -> Response:
        """While a review is blind, its findings are hidden from all but its writer."""
        return self.listed(
            with_deliberation(self.visible_reviews().filter(claim=self.claim()))
        )

    def context_of(self, rows: Sequence[Any]) -> dict[str, Any]:
        context = super().context_of(rows)
        if "include" in self.asked:
            keys = [row.pk for row in rows]
            return {**context, "included": included(self, keys, context)}
        if self.action == "moves":
            making = Review.objects.unpublished().filter(claim=self.kwargs["pk"])
            return {**context, "making": making.first()}
        if self.action != "history":
            return context
        wrote = {
            row.pgh_context.metadata.get("user") for row in rows if row.pgh_context
        }
        return {**context, "people": User.objects.in_bulk(wrote - {None})}
