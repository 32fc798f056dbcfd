"""What the list of claims can be narrowed to, and searched for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.models import Claimant, Review
from claims.vocabulary import Verdict
from sources.admin.panel import moment

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from claims.models import Claim

MOST_WORDS = 20
MOST_CLAIMANTS = 200  # of that name; with more, the words decide


class ByVerdict(admin.SimpleListFilter):
    """By the verdict that stands. It is published, so it gives nothing away."""

    title, parameter_name = gettext_lazy("verdict that stands"), "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            *((each.value, str(each.label)) for each in Verdict),
            ("none", _("None")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        standing = Review.objects.current().filter(claim=OuterRef("pk"))
        if self.value() == "none":
            return queryset.filter(~Exists(standing))
        if self.value():
            return queryset.filter(Exists(standing.filter(verdict=self.value())))
        return queryset


class ByDue(admin.SimpleListFilter):
    """By what has to be done soon."""

    title, parameter_name = pgettext_lazy("title of a filter", "due"), "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("over", _("Overdue")), ("ahead", _("Ahead")), ("none", _("Not set"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        conditions = {
            "over": Q(due_at__lt=moment(request)),
            "ahead": Q(due_at__gte=moment(request)),
            "none": Q(due_at=None),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


class ByReviewer(admin.SimpleListFilter):
    """By who works on it."""

    title, parameter_name = gettext_lazy("who works on it"), "with"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("me", _("I do")),
            ("others", _("Somebody else")),
            ("nobody", _("Nobody")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        conditions = {
            "me": Q(assigned_to=request.user.pk),
            "others": Q(assigned_to__isnull=False) & ~Q(assigned_to=request.user.pk),
            "nobody": Q(assigned_to=None),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


class ByContradiction(admin.SimpleListFilter):
    """By whether somebody contradicts it."""

    title, parameter_name = (
        pgettext_lazy("title of a filter", "contradicted"),
        "contradicted",
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        contradicted = queryset.model.objects.contradicted().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=contradicted)
        if self.value() == "no":
            return queryset.exclude(pk__in=contradicted)
        return queryset


def matching(claims: QuerySet[Claim], words: str) -> QuerySet[Claim]:
    """Return the claims with these words (or their beginnings), or by who is named so."""
    words = words.strip()
    if not words:
        return claims
    if key := _key(words):
        return claims.filter(pk=key)
    return claims.filter(_said(words) | _by(words))


def _key(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _said(words: str) -> Q:
    found = re.findall(r"\w+", words)[:MOST_WORDS]
    if not found:
        return Q(pk=None)
    # Each word may be the beginning of one. Nothing but letters and digits gets here.
    question = " & ".join(f"{word}:*" for word in found)
    return Q(search=SearchQuery(question, config="english", search_type="raw"))


def _by(name: str) -> Q:
    # Asked first, so that the index of claims by claimant can be used.
    claimants = Claimant.objects.filter(name__icontains=name[:200])
    return Q(claimant__in=list(claimants.values_list("pk", flat=True)[:MOST_CLAIMANTS]))
