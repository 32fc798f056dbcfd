"""
The desk's reviews, to read.

They are written, seconded and published at the desk. What a review found is shown to
those who may see it, and to nobody else whatever their role; nothing here filters,
searches or sorts by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import access
from claims.admin.columns import verdict_chip
from claims.models import Review
from sources.admin.naming import link_to
from sources.admin.panel import Panel, TabularRows

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet
    from django.http import HttpRequest

HIDDEN = gettext_lazy("hidden until both verdicts are in")

# Notes and the kind of a correction argue for a verdict as well.
VERDICTS = ("verdict", "first_verdict", "second_verdict")
WORDS = (
    "summary",
    "explanation",
    "second_note",
    "arbiter_note",
    "correction_kind",
    "correction_note",
)
FINDINGS = (*VERDICTS, *WORDS)
_PEOPLE = (
    ("written_by", "submitted_at"),
    ("second_reviewer", "seconded_at"),
    ("arbiter", "arbitrated_at"),
)
_TIMES = ("created_at", "published_at", "valid_from", "valid_to")


@dataclass(frozen=True)
class Finding:
    """A column that shows one finding of a review to those who may see it."""

    name: str
    user: User | AnonymousUser

    @property
    def __name__(self) -> str:
        """What Django calls the column."""
        return self.name

    @property
    def short_description(self) -> str:
        return capfirst(str(label_for_field(self.name, Review)))

    def __call__(self, review: Review) -> str:
        if not access.may_see_findings(self.user, review):
            return format_html('<span class="soft">{}</span>', HIDDEN)
        value = getattr(review, self.name)
        return verdict_chip(value) if self.name in VERDICTS else value or "–"


class Reviews(TabularRows):
    """The reviews of a claim, on its page."""

    model = Review
    classes = ("collapse",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            "which",
            Finding("verdict", request.user),
            "written_by",
            "second_reviewer",
            "arbiter",
            "published_at",
            "valid_to",
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        reviews: QuerySet[Review] = super().get_queryset(request)
        return reviews.select_related(
            "claim", "written_by", "second_reviewer", "arbiter"
        ).order_by("-version")

    @admin.display(description=gettext_lazy("Version"))
    def which(self, review: Review) -> str:
        return link_to(review, f"v{review.version}")


@admin.register(Review)
class ReviewPanel(Panel):
    """Reviews, to read: see the top of this file."""

    list_filter = (
        ("published_at", admin.EmptyFieldListFilter),
        ("valid_to", admin.EmptyFieldListFilter),
    )
    search_fields = ("claim__statement", "claim__claimant__name")
    ordering = ("-pk",)  # keys grow with time, and have an index

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        reviews: QuerySet[Review] = super().get_queryset(request)
        return reviews.select_related(
            "claim", "written_by", "second_reviewer", "arbiter"
        )

    # The claim is a link of its own, to the claim.
    list_display_links = ("version",)

    def get_list_display(self, request: HttpRequest) -> Any:
        return (
            "of_claim",
            "version",
            Finding("verdict", request.user),
            "written_by",
            "second_reviewer",
            "arbiter",
            "published_at",
            "valid_to",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            "of_claim",
            "version",
            *(Finding(name, request.user) for name in FINDINGS),
            *(name for pair in _PEOPLE for name in pair),
            *_TIMES,
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = [Finding(name, request.user) for name in FINDINGS]
        return [
            (None, {"fields": ["of_claim", "version"]}),
            (_("What was found"), {"fields": found}),
            (_("Who"), {"fields": _PEOPLE}),
            (_("When it stood"), {"fields": _TIMES}),
        ]

    @admin.display(description=gettext_lazy("Claim"), ordering="claim__statement")
    def of_claim(self, review: Review) -> str:
        return link_to(review.claim, review.claim.statement[:100])

    def hidden_from(self, request: HttpRequest, row: Review) -> Collection[str]:
        """Return the findings that the history keeps to itself as well."""
        return () if access.may_see_findings(request.user, row) else FINDINGS
