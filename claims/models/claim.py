"""One checkable statement, and each change of where it stands."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from uuid_utils.compat import uuid7

from claims.models.claimant import Claimant
from claims.models.compared import (
    CLAIM_IS_TO_BE_COMPARED,
    CLAIM_REWORDED_IS_COMPARED_ANEW,
)
from claims.models.documented import CLAIM_CHANGES_ITS_DOCUMENT
from claims.models.imprinted import (
    CLAIM_IS_TO_BE_IMPRINTED,
    CLAIM_REWORDED_IS_IMPRINTED_ANEW,
)
from claims.models.triggers import (
    CLAIM_ONCE_PUBLIC_STAYS,
    CLAIM_STARTS_NEW,
    PUBLISHED_RESTS_ON_REVIEW_AND_QUOTE,
    PUBLISHED_WORDS_STAND,
    STATUS_FOLLOWS_THE_MOVES,
    append_only,
    version_counts,
)
from claims.models.wording import SameWords
from claims.vocabulary import (
    AT_THE_DESK,
    CONTRADICTING,
    HOUSE_NOTES,
    NEVER_PUBLIC,
    PUBLIC_STATUSES,
    AssessmentState,
    ClaimStatus,
    Form,
    Precision,
    RecheckReason,
    Stance,
)
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

STATEMENT_MAX_CHARACTERS = 5_000
_NO_LETTER = re.compile(r"[\W_]+")

EDITORIAL = (
    "statement",
    "original_wording",
    "form",
    "claimant",
    "role_at_time",
    "said_at",
    "said_at_precision",
    "language",
    "topics",
    "canonical",
)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def public(self) -> Self:
        """
        Claims that readers may see, tombstones included.

        The status alone does not tell: while a correction waits for its second pair
        of eyes, what was published stays up; and what was published this moment can
        still be undone.
        """
        return self.filter(Exists(_reviews_that_went_out()))

    def standing(self, status: ClaimStatus) -> Self:
        """Claims that stand at this point of their way."""
        return self.filter(status=status)

    def taken_by(self, user: User) -> Self:
        """Claims that this person works on."""
        return self.filter(assigned_to=user)

    def unclaimed(self) -> Self:
        """Claims that nobody works on."""
        return self.filter(assigned_to=None)

    def awaiting_second_pair_of_eyes_of(self, user: User) -> Self:
        """Claims in second review that this person did not write up."""
        return self.standing(ClaimStatus.SECOND_REVIEW).exclude(
            Exists(_unpublished_reviews().filter(claim=OuterRef("pk"), written_by=user))
        )

    def free_for(self, user: User) -> Self:
        """Claims that wait, are not this person's, and that they have not judged."""
        judged = models.Q(written_by=user) | models.Q(second_reviewer=user)
        return (
            self.filter(status__in=AT_THE_DESK)
            .exclude(assigned_to=user)
            .exclude(
                Exists(_unpublished_reviews().filter(judged, claim=OuterRef("pk"))),
                status__in=(ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION),
            )
        )

    def asleep_for(self, user: User, *, now: datetime) -> Self:
        """Claims that this person has put off."""
        return self.filter(Exists(_snoozes_of(user, now=now)))

    def awake_for(self, user: User, *, now: datetime) -> Self:
        """Claims that this person has not put off."""
        return self.filter(~Exists(_snoozes_of(user, now=now)))

    def contradicted(self) -> Self:
        """Claims that somebody contradicts."""
        return self.filter(
            assessments__state=AssessmentState.CONFIRMED,
            assessments__stance__in=CONTRADICTING,
        ).distinct()

    def with_assessment_counts(self) -> Self:
        """Claims with `against` and `in_favour`: how many confirmed assessments."""
        # Each a question of its own, asked for the rows of a page only: a join
        # would count the assessments of every claim before the page is cut.
        return self.annotate(
            against=_confirmed_assessments(CONTRADICTING),
            in_favour=_confirmed_assessments((Stance.SUPPORTS,)),
        )

    def most_urgent_first(self) -> Self:
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


def _snoozes_of(user: User, *, now: datetime) -> models.QuerySet[models.Model]:
    snoozes: Any = apps.get_model("claims", "Snooze")._default_manager
    found: models.QuerySet[models.Model] = snoozes.asleep(now).filter(
        claim=OuterRef("pk"), person=user
    )
    return found


def _reviews_that_went_out() -> models.QuerySet[models.Model]:
    review = apps.get_model("claims", "Review")
    return review._default_manager.filter(claim=OuterRef("pk"), published_at__lte=Now())


def _confirmed_assessments(stances: Iterable[Stance]) -> Coalesce:
    # Assessment imports Claim, so the name is looked up when the question is asked.
    found = (
        apps.get_model("claims", "Assessment")
        ._default_manager.filter(
            claim=OuterRef("pk"), state=AssessmentState.CONFIRMED, stance__in=stances
        )
        .order_by()
        .values("claim")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(found), 0)


def _unpublished_reviews() -> models.QuerySet[models.Model]:
    # Review imports Claim, so the name is looked up when the question is asked.
    review = apps.get_model("claims", "Review")
    return review._default_manager.filter(published_at=None)


@pghistory.track(exclude=["search", "created_at", "due_at"])
class Claim(models.Model):
    """One checkable statement by one claimant on one occasion."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What was said
    statement = models.CharField(
        max_length=STATEMENT_MAX_CHARACTERS, validators=[plain]
    )
    original_wording = models.CharField(
        max_length=STATEMENT_MAX_CHARACTERS, blank=True, validators=[plain]
    )
    form = models.CharField(max_length=20, choices=Form, default=Form.INDIRECT)
    language = models.CharField(max_length=35, default="en", validators=[plain])
    topics = ArrayField(
        models.CharField(max_length=60, validators=[plain]), default=list, blank=True
    )

    # Who said it, when
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, related_name="claims"
    )
    role_at_time = models.CharField(max_length=300, blank=True, validators=[plain])
    said_at = models.DateTimeField(null=True, blank=True)
    said_at_precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.DAY
    )
    canonical = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="repeats",
        null=True,
        blank=True,
    )

    # Where it stands
    status = models.CharField(
        max_length=20, choices=ClaimStatus, default=ClaimStatus.NEW, editable=False
    )
    moved_at = models.DateTimeField(editable=False)
    due_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assigned_claims",
        null=True,
        blank=True,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    # Who brought it, when
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    search = models.GeneratedField(
        expression=SearchVector("statement", "original_wording", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claim_says_something", condition=~Q(statement__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="claim_form_is_known", condition=Q(form__in=Form.values)
            ),
            models.CheckConstraint(
                name="claim_status_is_known",
                condition=Q(status__in=ClaimStatus.values),
            ),
            models.CheckConstraint(
                name="claim_precision_is_known",
                condition=Q(said_at_precision__in=Precision.values),
            ),
            models.CheckConstraint(
                name="claim_does_not_repeat_itself",
                condition=Q(canonical=None) | ~Q(canonical=F("id")),
            ),
        ]
        indexes = [
            GinIndex(name="claim_words", fields=["search"]),
            GinIndex(name="claim_topics", fields=["topics"]),
            GinIndex(
                name="claim_trigrams",
                fields=["statement"],
                opclasses=["gin_trgm_ops"],
            ),
            # Whether a statement is known, for thousands of them at a time.
            models.Index(SameWords("statement"), name="claim_same_words"),
            models.Index(name="claim_newest", fields=["-created_at", "-id"]),
            models.Index(name="claim_by_change", fields=["-updated_at", "-id"]),
            models.Index(name="claim_queue", fields=["status", "due_at", "id"]),
            models.Index(name="claim_by_due", fields=["due_at", "id"]),
            # Somebody's newest claims, without a look at any other.
            models.Index(name="claim_of_claimant", fields=["claimant", "id"]),
            # What somebody has, or nobody: few of all claims, and counted often.
            models.Index(
                name="claim_in_hand",
                fields=["assigned_to", "due_at", "id"],
                include=["status"],
                condition=Q(status__in=AT_THE_DESK),
            ),
        ]
        triggers = [
            version_counts(*EDITORIAL),
            CLAIM_STARTS_NEW,
            STATUS_FOLLOWS_THE_MOVES,
            PUBLISHED_RESTS_ON_REVIEW_AND_QUOTE,
            PUBLISHED_WORDS_STAND,
            CLAIM_ONCE_PUBLIC_STAYS,
            CLAIM_IS_TO_BE_IMPRINTED,
            CLAIM_REWORDED_IS_IMPRINTED_ANEW,
            CLAIM_IS_TO_BE_COMPARED,
            CLAIM_REWORDED_IS_COMPARED_ANEW,
            CLAIM_CHANGES_ITS_DOCUMENT,
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.statement[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("public:claim", args=[self.pk, self.slug])

    @property
    def was_published(self) -> bool:
        """Whether readers have ever seen a verdict on it. Asks the database."""
        return self.reviews.published().exists()

    @property
    def was_reworded(self) -> bool:
        """Whether statement and original wording differ by more than what one leaves out."""
        stated, worded = (
            _NO_LETTER.sub("", words).casefold()
            for words in (self.statement, self.original_wording)
        )
        return stated not in worded and worded not in stated

    @property
    def slug(self) -> str:
        """The claim's words in its address, for people."""
        return slugify(self.statement)[:60].strip("-") or "claim"

    @property
    def is_public(self) -> bool:
        """Whether readers may see it; asks the database where the row does not tell."""
        # A property for all that, for a method named so reads as always true.
        if self.status in NEVER_PUBLIC:
            return False
        settled = self.moved_at + settings.CLAIMS_UNDO_WITHIN
        if self.status in PUBLIC_STATUSES and settled <= timezone.now():  # noqa: TID251 — nobody hands a property the time
            return True
        return type(self).objects.public().filter(pk=self.pk).exists()


class MoveQuerySet(models.QuerySet["Move"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def since(self, moment: datetime) -> Self:
        """Moves at or after that moment."""
        return self.filter(at__gte=moment)


class Move(models.Model):
    """One change of a claim's status; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="moves")
    from_status = models.CharField(max_length=20, choices=ClaimStatus)
    to_status = models.CharField(max_length=20, choices=ClaimStatus)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # a worker's move is nobody's
        blank=True,
    )
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=RecheckReason, blank=True)
    note = models.CharField(max_length=2_000, blank=True, validators=[plain])

    objects = MoveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="move_newest", fields=["claim", "-at"])]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.pk} {self.from_status} → {self.to_status}"

    @property
    def told(self) -> str:
        """The note; the house's own in the language of whoever reads it."""
        return gettext(self.note) if self.note in HOUSE_NOTES else self.note
