"""The desk's verdict on a claim, and the public note when it changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from claims.models.claim import Claim
from claims.models.documented import REVIEW_MAKES_A_DOCUMENT
from claims.models.triggers import (
    CORRECTION_ONCE_PUBLIC_STAYS,
    CORRECTION_STAYS_AS_IT_IS,
    PUBLISHED_REVIEW_STANDS,
    PUBLISHED_REVIEW_STAYS,
    RECORDED_VERDICT_STANDS,
    REVIEW_ENDS_WHEN_REPLACED,
    REVIEW_GOES_STEP_BY_STEP,
    REVIEW_STARTS_OPEN,
    SUBMITTED_REVIEW_STANDS,
)
from claims.vocabulary import RATING_VALUES, CorrectionKind, Verdict
from sources.plain import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SUMMARY_MAX_CHARACTERS = 500
EXPLANATION_MAX_CHARACTERS = 20_000


class ReviewQuerySet(models.QuerySet["Review"]):
    def unpublished(self) -> Self:
        """Reviews that are still being worked on: one a claim at most."""
        return self.filter(published_at=None)

    def submitted(self) -> Self:
        """Reviews that were handed in, whether or not they were published."""
        return self.exclude(submitted_at=None)

    def published(self) -> Self:
        """Reviews that readers have seen, whether or not they still stand."""
        return self.filter(published_at__lte=Now())

    def current(self) -> Self:
        """Reviews the desk decided on last, if only a moment ago: one a claim at most."""
        return self.exclude(published_at=None).filter(valid_to=None)

    def shown(self) -> Self:
        """Reviews that readers see now: one a claim at most."""
        return self.published().filter(Q(valid_to=None) | Q(valid_to__gt=Now()))

    def as_of(self, moment: datetime) -> Self:
        """Reviews that stood at that moment."""
        return self.filter(valid_from__lte=moment).filter(
            Q(valid_to=None) | Q(valid_to__gt=moment)
        )

    def newest_first(self) -> Self:
        return self.order_by("-version")


# Every second verdict once, those that were withdrawn since included.
_SECONDED = models.Index(
    name="review_history_seconded",
    fields=["seconded_at"],
    condition=Q(
        seconded_at__isnull=False, arbitrated_at__isnull=True, published_at__isnull=True
    ),
)


@pghistory.track(meta={"indexes": [_SECONDED]})
class Review(models.Model):
    """The desk's verdict on a claim; immutable once published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    version = models.PositiveIntegerField()

    # What was found. Blank while it is being written.
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    summary = models.CharField(
        max_length=SUMMARY_MAX_CHARACTERS, blank=True, validators=[plain]
    )
    explanation = models.CharField(
        max_length=EXPLANATION_MAX_CHARACTERS, blank=True, validators=[plain]
    )

    # The first pair of eyes
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    first_verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    # The second, blind
    second_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    second_verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    second_note = models.CharField(max_length=2_000, blank=True, validators=[plain])
    seconded_at = models.DateTimeField(null=True, blank=True)

    # The third, where the two differ
    arbiter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    arbiter_note = models.CharField(max_length=2_000, blank=True, validators=[plain])
    arbitrated_at = models.DateTimeField(null=True, blank=True)

    # What goes with it when it replaces another
    correction_kind = models.CharField(
        max_length=20, choices=CorrectionKind, blank=True
    )
    correction_note = models.CharField(max_length=2_000, blank=True, validators=[plain])

    # When it stood. What was decided goes out when it can no longer be undone.
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_version_is_one_review", fields=["claim", "version"]
            ),
            models.UniqueConstraint(
                name="review_one_in_the_making",
                fields=["claim"],
                condition=Q(published_at=None),
            ),
            models.UniqueConstraint(
                name="review_one_current",
                fields=["claim"],
                condition=Q(published_at__isnull=False, valid_to=None),
            ),
            models.CheckConstraint(
                name="review_needs_a_second_pair_of_eyes",
                condition=Q(second_reviewer=None) | ~Q(second_reviewer=F("written_by")),
            ),
            models.CheckConstraint(
                name="review_arbiter_is_a_third_person",
                condition=Q(arbiter=None)
                | (
                    ~Q(arbiter=F("written_by"))
                    & Q(second_reviewer__isnull=False)
                    & ~Q(arbiter=F("second_reviewer"))
                ),
            ),
            models.CheckConstraint(
                name="review_submission_is_whole_or_empty",
                condition=Q(submitted_at=None, first_verdict="")
                | (
                    Q(submitted_at__isnull=False)
                    & ~Q(first_verdict="")
                    & ~Q(verdict="")
                    & ~Q(summary__regex=r"^\s*$")
                ),
            ),
            models.CheckConstraint(
                name="review_second_verdict_is_whole_or_empty",
                condition=Q(second_reviewer=None, second_verdict="", seconded_at=None)
                | (
                    Q(second_reviewer__isnull=False, seconded_at__isnull=False)
                    & ~Q(second_verdict="")
                    & Q(submitted_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="review_arbitration_is_whole_or_empty",
                condition=Q(arbiter=None, arbitrated_at=None)
                | Q(arbiter__isnull=False, arbitrated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_published_by_two_who_agree_or_a_third",
                condition=Q(published_at=None)
                | Q(arbiter__isnull=False)
                | Q(second_verdict=F("verdict"), first_verdict=F("verdict")),
            ),
            models.CheckConstraint(
                name="review_published_was_seconded",
                condition=Q(published_at=None) | Q(second_reviewer__isnull=False),
            ),
            models.CheckConstraint(
                name="review_validity_starts_with_publication",
                condition=Q(published_at=None, valid_from=None, valid_to=None)
                | Q(published_at__isnull=False, valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="review_validity_does_not_run_backwards",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="review_verdict_is_known",
                condition=Q(verdict__in=["", *Verdict.values])
                & Q(second_verdict__in=["", *Verdict.values])
                & Q(first_verdict__in=["", *Verdict.values]),
            ),
        ]
        indexes = [
            # All versions: which of them readers see is a question of the clock.
            models.Index(
                name="review_newest",
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
            ),
            # Whether readers see a claim, and which verdict, from the index alone.
            models.Index(
                name="review_of_claim",
                fields=["claim"],
                include=["published_at", "valid_to", "verdict"],
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                name="review_handed_in",
                fields=["submitted_at"],
                include=["written_by", "created_at"],
                condition=Q(submitted_at__isnull=False),
            ),
        ]
        triggers = [
            REVIEW_STARTS_OPEN,
            REVIEW_GOES_STEP_BY_STEP,
            SUBMITTED_REVIEW_STANDS,
            RECORDED_VERDICT_STANDS,
            PUBLISHED_REVIEW_STANDS,
            PUBLISHED_REVIEW_STAYS,
            REVIEW_ENDS_WHEN_REPLACED,
            REVIEW_MAKES_A_DOCUMENT,
        ]

    def __str__(self) -> str:
        # Not the verdict: this text stands in places that do not ask who is reading.
        return f"{self.pk} v{self.version}"

    def was_written_by(self, person: User) -> bool:
        """Whether this person ever wrote on it, as the history remembers."""
        history = apps.get_model("claims", "ReviewEvent")._default_manager
        return bool(history.filter(pgh_obj_id=self.pk, written_by=person).exists())

    @property
    def rating_value(self) -> int | None:
        """schema.org ratingValue, 5 best; None for what is unproven."""
        return RATING_VALUES[Verdict(self.verdict)] if self.verdict else None


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self) -> Self:
        """Notes that readers see: those of what cannot be undone any more."""
        return self.filter(at__lte=Now())


class Correction(models.Model):
    """
    The public note that goes with a changed or withdrawn review; append-only.

    One that nobody has read yet goes with the publication that is undone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="corrections"
    )
    review_from = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    review_to = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=20, choices=CorrectionKind)
    note = models.CharField(max_length=2_000, validators=[plain])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_replaces_unless_it_retracts",
                condition=Q(kind=CorrectionKind.RETRACTION, review_to=None)
                | (~Q(kind=CorrectionKind.RETRACTION) & Q(review_to__isnull=False)),
            ),
            models.CheckConstraint(
                name="correction_says_why", condition=~Q(note__regex=r"^\s*$")
            ),
        ]
        indexes = [models.Index(name="correction_newest", fields=["-at", "-id"])]
        triggers = [CORRECTION_STAYS_AS_IT_IS, CORRECTION_ONCE_PUBLIC_STAYS]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
