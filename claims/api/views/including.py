"""What is given with claims where `include` names it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from claims.api.shapes.assessments import AssessmentOut
from claims.api.shapes.citations import CitationOut
from claims.api.shapes.reviews import ReviewOut
from claims.api.views.rows import with_assessors, with_deliberation, with_pages
from claims.models import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from claims.api.seeing import DeskResource

OF_EACH = 20
Included = dict[str, dict["UUID", list[Any]]]


def included(
    resource: DeskResource, keys: Sequence[UUID], context: dict[str, Any]
) -> Included:
    """Return, by name and claim, what the caller asked for and may see."""
    then = resource.asked.get("as_of")
    kinds: dict[str, tuple[Any, Any, str]] = {
        "assessments": (
            with_assessors(resource.visible_assessments()),
            AssessmentOut,
            "created_at",
        ),
        "citations": (
            with_pages(Citation.objects.all()),
            CitationOut,
            "created_at",
        ),
        "reviews": (
            with_deliberation(resource.visible_reviews()),
            ReviewOut,
            "-created_at",
        ),
    }
    found: Included = {}
    for name in resource.asked.get("include", ()):
        rows, shape, order = kinds[name]
        if then is not None:
            rows = rows.filter(**{f"{WHEN[name]}__lte": then})
        first = _first_of_each(rows.filter(claim__in=keys), order)
        found[name] = defaultdict(list)
        shown = shape(first, many=True, context=context).data
        for row, each in zip(first, shown, strict=True):
            found[name][row.claim_id].append(each)
    return found


# Since when readers could read it.
WHEN = {
    "assessments": "decided_at",
    "citations": "created_at",
    "reviews": "published_at",
}


def _first_of_each(rows: QuerySet[Any], order: str) -> list[Any]:
    column = F(order.removeprefix("-"))
    ways = (
        [column.desc(), F("pk").desc()]
        if order.startswith("-")
        else [column.asc(), F("pk").asc()]
    )
    place = Window(RowNumber(), partition_by=F("claim"), order_by=ways)
    return list(rows.annotate(place=place).filter(place__lte=OF_EACH).order_by(*ways))
