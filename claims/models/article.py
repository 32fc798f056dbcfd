"""An article fed to the desk, and the statements proposed from it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from uuid_utils.compat import uuid7

from claims.models.claim import Claim
from claims.vocabulary import (
    ArticleState,
    CandidateState,
    ClaimantKind,
    Form,
    Reader,
    WhyNot,
)
from sources.models import Source
from sources.plain import plain


class ArticleQuerySet(models.QuerySet["Article"]):
    def waiting(self) -> Self:
        """Articles that no worker has read yet."""
        return self.filter(read_at=None, problem="")

    def unattended(self, now: datetime) -> Self:
        """Articles that wait with their text, and that no worker is reading now."""
        free = Q(reading_until=None) | Q(reading_until__lte=now)
        return self.waiting().exclude(text_sha256="").filter(free)

    def with_page_looked_at(self, now: datetime) -> Self:
        """Articles that wait for a page that no worker looks at, or will soon."""
        led = Q(source__lease_until__gt=now) | Q(source__due_at__lte=now)
        under_way = Q(source__parked_at=None, source__same_as=None) & led
        return self.waiting().filter(text_sha256="").exclude(under_way)

    def with_open_candidates(self) -> Self:
        """Articles with `open`: how many candidates wait for an editor."""
        # A question of its own, asked for the rows of a page only: a join would
        # count the candidates of every article before the page is cut.
        waiting = Candidate.objects.open().order_by().filter(article=OuterRef("pk"))
        number = waiting.values("article").annotate(number=Count("pk"))
        return self.annotate(open=Coalesce(Subquery(number.values("number")), 0))

    def unfinished(self) -> Self:
        """Articles that were not read yet, or whose candidates wait for an editor."""
        # Each by an index of few rows, and not by a look at every article.
        unread = Article.objects.order_by().filter(read_at=None)
        open_ones = Candidate.objects.order_by().open()
        return self.filter(
            pk__in=unread.values("pk").union(open_ones.values("article"))
        )

    def newest_first(self) -> Self:
        return self.order_by("-added_at", "-pk")


class Article(models.Model):
    """A text fed to the desk, as it was given; candidates point into it by offset."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What it is
    title = models.CharField(max_length=500, blank=True, validators=[plain])
    publisher = models.CharField(max_length=200, blank=True, validators=[plain])
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, default="en", validators=[plain])
    # Empty until a worker has fetched the page; and where the page has the text of
    # another article, which is then the one to work with.
    text = models.TextField(validators=[plain])
    text_sha256 = models.CharField(max_length=64, editable=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="articles",
        null=True,
        blank=True,
    )

    # Who brought it, and whether it was read
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    added_at = models.DateTimeField(editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    reading_until = models.DateTimeField(null=True, editable=False)  # unless it dies
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=500, blank=True, editable=False)

    # By whom, how far, and what the plugged-in model had to do with it
    reader = models.CharField(
        max_length=20, choices=Reader, default=Reader.BUILT_IN, editable=False
    )
    model = models.CharField(max_length=200, blank=True, editable=False)  # asked for it
    why_not = models.CharField(
        max_length=20, choices=WhyNot, blank=True, editable=False
    )  # why the rules read it in its place
    thrown_away = models.PositiveIntegerField(default=0, editable=False)
    parts = models.PositiveSmallIntegerField(default=0, editable=False)
    parts_read = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="article_has_text",
                condition=~Q(text__regex=r"^\s*$") & ~Q(text_sha256="")
                | Q(text="", text_sha256="", source__isnull=False)
                & (Q(read_at=None) | Q(same_as__isnull=False)),
            ),
            models.CheckConstraint(
                name="article_is_same_as_another",
                condition=Q(same_as=None) | Q(text="") & ~Q(same_as=F("id")),
            ),
            models.UniqueConstraint(
                name="article_text_is_kept_once",
                fields=["text_sha256"],
                condition=~Q(text_sha256=""),
            ),
            models.UniqueConstraint(
                name="article_waits_once_for_its_page",
                fields=["source"],
                condition=Q(text_sha256="", read_at=None),
            ),
            models.CheckConstraint(
                name="article_reader_is_named",
                condition=Q(reader=Reader.BUILT_IN, model="", why_not="")
                | Q(reader=Reader.BUILT_IN) & ~Q(model="") & ~Q(why_not="")
                | Q(reader=Reader.ENDPOINT, why_not="") & ~Q(model=""),
            ),
            models.CheckConstraint(
                name="article_parts_are_counted",
                condition=Q(parts_read__lte=F("parts")),
            ),
        ]
        indexes = [
            models.Index(name="article_newest", fields=["-added_at", "-id"]),
            models.Index(
                name="article_unread", fields=["id"], condition=Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title or self.text[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("desk:article", args=[self.pk])

    @property
    def standing(self) -> str:
        """How far it is: see ArticleState."""
        if self.problem:
            return ArticleState.FAILED
        return ArticleState.READING if self.read_at is None else ArticleState.READ

    @property
    def waits_for_page(self) -> bool:
        """Whether a worker has its page to fetch yet."""
        return not self.text_sha256 and self.read_at is None

    @property
    def part_under_way(self) -> int:
        """The number of the part that the plugged-in model has before it."""
        return min(self.parts_read + 1, self.parts)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def open(self) -> Self:
        """Candidates that wait for an editor."""
        return self.filter(state=CandidateState.PROPOSED)

    def uncompared(self) -> Self:
        """Candidates of which no plugged-in model was asked what they repeat."""
        return self.filter(compared_at=None)

    def in_reading_order(self) -> Self:
        return self.order_by("start", "pk")


class Candidate(models.Model):
    """
    A statement proposed by the extractor, waiting for an editor.

    `article.text[start:end] == text`; offsets are code points.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="candidates"
    )

    # What was said, and where it stands in the text
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    pieces = models.JSONField(default=list)  # [[start, end], …], at least one
    form = models.CharField(max_length=20, choices=Form)
    cue = models.CharField(max_length=200, blank=True)

    # Who said it: as written, and as resolved
    mention = models.CharField(max_length=500, blank=True)
    mention_start = models.PositiveIntegerField(null=True, blank=True)
    mention_end = models.PositiveIntegerField(null=True, blank=True)
    claimant_name = models.CharField(max_length=200, blank=True)
    claimant_kind = models.CharField(max_length=20, choices=ClaimantKind)
    role = models.CharField(max_length=300, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=100, blank=True)  # as written: "on Saturday"
    said_on = models.DateField(null=True, blank=True)  # that day, where it is known

    # What a plugged-in model took it for a repeat of
    repeats = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    compared_at = models.DateTimeField(null=True, editable=False)
    compared_by = models.CharField(max_length=200, blank=True, editable=False)
    compared_why_not = models.CharField(
        max_length=20, choices=WhyNot, blank=True, editable=False
    )

    # What an editor did with it
    state = models.CharField(
        max_length=20, choices=CandidateState, default=CandidateState.PROPOSED
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="candidates",
        null=True,
        blank=True,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="candidate_ends_after_it_starts",
                condition=Q(end__gt=F("start")),
            ),
            models.CheckConstraint(
                name="candidate_is_compared_by_somebody",
                condition=Q(repeats=None, compared_by="", compared_why_not="")
                | Q(compared_at__isnull=False) & ~Q(compared_by=""),
            ),
            models.CheckConstraint(
                name="candidate_decision_is_whole_or_empty",
                condition=Q(
                    state=CandidateState.PROPOSED,
                    claim=None,
                    decided_by=None,
                    decided_at=None,
                )
                | Q(
                    state__in=[CandidateState.ACCEPTED, CandidateState.MERGED],
                    claim__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(
                    state=CandidateState.REJECTED,
                    claim=None,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(name="candidate_of_article", fields=["article", "start"]),
            models.Index(
                name="candidate_open",
                fields=["article"],
                condition=Q(state=CandidateState.PROPOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.text[:60]}"

    @property
    def has_opinion(self) -> bool:
        """Whether a plugged-in model has said what it repeats, if anything."""
        return bool(self.compared_by) and not self.compared_why_not
