"""Rows with all that their shapes read, so that a page costs a fixed number of queries."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse

from claims import documents, editing, search
from claims.api.seeing import DeskResource
from claims.api.views import past
from claims.models import Assessment, Citation, Claim, Review
from claims.workflow.seen import mark_of
from sources.api.resource import KEY
from sources.api.views import nudge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rest_framework.response import Response

ONE_CITATION = f"citations/(?P<citation>{KEY})"


def address(kind: str, row: Model) -> str:
    """Return the address of a row in the API."""
    return reverse(f"api:{kind}-detail", args=[row.pk])


def with_pages(rows: QuerySet[Citation]) -> QuerySet[Citation]:
    """Citations with their passages and pages."""
    return rows.select_related("passage__source")


def _citations() -> Prefetch[str, QuerySet[Citation], str]:
    rows = with_pages(Citation.objects.all()).order_by("created_at", "pk")
    return Prefetch("citations", queryset=rows)


def with_assessors(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Assessments with who speaks, who decided and what is cited."""
    return rows.select_related("assessor", "decided_by", "based_on").prefetch_related(
        _citations()
    )


def with_deliberation(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Reviews with who took part and what is cited."""
    return rows.select_related(
        "claim", "written_by", "second_reviewer", "arbiter"
    ).prefetch_related(_citations())


class ClaimResource(DeskResource):
    """Whatever gives claims."""

    # One that was recorded in this request: nothing was found or said about it yet.
    _new: Claim | None = None

    def get_queryset(self) -> QuerySet[Any]:
        return self.shaped(self.visible_claims())

    def own(self, claim: Claim) -> Claim:
        """Return a claim that the caller has just written, who may not read others."""
        written: Claim = self.shaped(Claim.objects.all()).get(pk=claim.pk)
        return written

    def recorded(self, claim: Claim) -> Response:
        """Answer with a claim that was recorded this moment, without reading it again."""
        claim.standing = []  # type: ignore[attr-defined]  # as in what is shaped
        self._new = claim
        return self.given(claim, at=address("claim", claim))

    def shaped(self, claims: QuerySet[Claim]) -> QuerySet[Any]:
        """Claims with all that their shape reads."""
        return (
            claims.defer("search")
            .select_related("claimant", "canonical", "assigned_to")
            .prefetch_related(
                Prefetch(
                    "reviews",
                    queryset=self._standing(),
                    to_attr="standing",
                )
            )
        )

    def told(self, claims: QuerySet[Claim]) -> Response:
        """Answer a reader with a page of claims, in the words that are stored of them."""
        page = list(self.paginate_queryset(claims.only("pk")) or ())
        stored = documents.these(row.pk for row in page)
        if len(stored) < len(page):  # written past the triggers
            return self.listed(self.shaped(claims))
        every = b",".join(stored[row.pk] for row in page)
        return self.get_paginated_response(self._chosen(json.loads(b"[%b]" % every)))

    @property
    def then(self) -> datetime | None:
        """The moment of the past that was asked about, if one was."""
        return self.asked.get("as_of")

    def _standing(self) -> QuerySet[Review]:
        if self.then is not None:
            return past.reviews(self.then)
        return Review.objects.current() if self.desk else Review.objects.shown()

    def beside(self, row: Any) -> str:
        """A verdict rests on what others say as much as on the claim itself."""
        if not isinstance(row, Claim):
            return ""
        return mark_of(() if row is self._new else row.assessments.confirmed())

    def context_of(self, rows: Sequence[Any]) -> dict[str, Any]:
        claims = [row for row in rows if isinstance(row, Claim)]
        keys = [claim.pk for claim in claims if claim is not self._new]
        if self.then is not None:
            past.put_back(claims, self.then)
        return {
            **self.get_serializer_context(),
            "tallies": search.tallies(keys, then=self.then) if keys else {},
            "then": self.then,
        }


class Citing(DeskResource):
    """Whatever cites pages."""

    def cited(self, cited_by: Claim | Assessment) -> Response:
        """Answer a citation; one that was there before with 200."""
        fields = self.taken()
        citation = editing.cite(cited_by, by=self.caller, at=self.now, **fields)
        new = citation.created_at == self.now
        if new:
            nudge()
        citation = with_pages(Citation.objects.filter(pk=citation.pk)).get()
        return self.given(citation, status=HTTPStatus.CREATED if new else HTTPStatus.OK)
