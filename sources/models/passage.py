"""The exact words watched on a source, and each change of where they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from uuid_utils.compat import uuid7

from sources.models.snapshot import Snapshot
from sources.models.source import Source
from sources.plain import plain
from sources.vocabulary import PassageState

EXACT_MAX_CHARACTERS = 5_000
CONTEXT_MAX_CHARACTERS = 200

_BROKEN = (PassageState.ALTERED, PassageState.MISSING)


class PassageQuerySet(models.QuerySet["Passage"]):
    def intact(self) -> Self:
        """Passages whose words stand on the page."""
        return self.filter(state=PassageState.INTACT)

    def broken(self) -> Self:
        """Passages whose words were altered or are missing."""
        return self.filter(state__in=_BROKEN)

    def seen_standing(self) -> Self:
        """Passages whose words were seen on the page, some time."""
        seen = Sighting.objects.filter(passage=models.OuterRef("pk"))
        return self.filter(models.Exists(seen.on_the_page().standing()))

    def wanting_a_copy(self) -> Self:
        """Passages whose words were seen on the page, and in no archive's copy."""
        seen = Sighting.objects.filter(passage=models.OuterRef("pk"))
        copied = models.Exists(seen.in_an_archive())
        return self.seen_standing().exclude(copied)


class Passage(models.Model):
    """The exact words watched on a source, and where they stand now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="passages"
    )

    # The words and what stands around them (W3C Web Annotation, TextQuoteSelector)
    exact = models.CharField(max_length=EXACT_MAX_CHARACTERS, validators=[plain])
    prefix = models.CharField(
        max_length=CONTEXT_MAX_CHARACTERS, blank=True, validators=[plain]
    )
    suffix = models.CharField(
        max_length=CONTEXT_MAX_CHARACTERS, blank=True, validators=[plain]
    )

    # What watches these words by itself: that others watch the same tells it nothing,
    # nor them
    apart_for = models.UUIDField(null=True, blank=True, editable=False)

    # Where they stand
    state = models.CharField(
        max_length=20, choices=PassageState, default=PassageState.UNVERIFIABLE
    )
    state_since = models.DateTimeField()
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        related_name="passages",
        null=True,
        blank=True,
    )
    start = models.PositiveIntegerField(null=True, blank=True)  # code point of text
    end = models.PositiveIntegerField(null=True, blank=True)  # one past the last
    misses = models.PositiveSmallIntegerField(default=0)  # checks in a row without it

    added_at = models.DateTimeField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            # Hashes, for a B-tree row holds 2,704 bytes and a quotation may be longer.
            models.UniqueConstraint(
                "source",
                MD5("exact"),
                MD5("prefix"),
                MD5("suffix"),
                "apart_for",
                name="passage_watched_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="passage_has_words", condition=~Q(exact__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="passage_place_is_whole_or_empty",
                condition=Q(start=None, end=None)
                # Said in full: what compares with NULL is neither true nor false,
                # and a check lets that pass.
                | Q(
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=models.F("start"),
                ),
            ),
            models.CheckConstraint(
                name="passage_intact_rests_on_a_snapshot",
                condition=~Q(state=PassageState.INTACT) | Q(snapshot__isnull=False),
            ),
            models.CheckConstraint(
                name="passage_state_is_known",
                condition=Q(state__in=PassageState.values),
            ),
        ]
        indexes = [
            models.Index(name="passage_state_changes", fields=["state", "state_since"]),
            models.Index(
                name="passage_kept_apart",
                fields=["apart_for"],
                condition=Q(apart_for__isnull=False),
            ),
        ]
        triggers = [
            # Who cites them cites these words, on this page.
            pgtrigger.Trigger(
                name="passage_words_stand",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("source", "exact"),
                func="""
                RAISE EXCEPTION USING ERRCODE = 'check_violation',
                CONSTRAINT = 'passage_words_stand',
                MESSAGE = 'passage_words_stand: watched words are not rewritten';
                """,
            ),
            pgtrigger.Trigger(
                name="passage_seen_on_its_own_page",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                IF NEW.snapshot_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM sources_snapshot s
                    WHERE s.id = NEW.snapshot_id AND (
                        s.source_id = NEW.source_id OR s.source_id = (
                            SELECT p.same_as_id FROM sources_source p
                            WHERE p.id = NEW.source_id
                        )
                    )
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'passage_seen_on_its_own_page',
                    MESSAGE = 'passage_seen_on_its_own_page: another page''s snapshot';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.exact[:60]}"

    @property
    def is_broken(self) -> bool:
        """Whether its words no longer stand as they were cited."""
        return self.state in _BROKEN


class SightingQuerySet(models.QuerySet["Sighting"]):
    def since(self, moment: datetime) -> Self:
        """Sightings at or after that moment."""
        return self.filter(at__gte=moment)

    def on_the_page(self) -> Self:
        """Sightings on the page itself."""
        return self.filter(memento_url="")

    def standing(self) -> Self:
        """Sightings of words that stood."""
        return self.filter(state=PassageState.INTACT)

    def in_an_archive(self) -> Self:
        """Sightings of words that stand in an archive's copy."""
        return self.exclude(memento_url="")

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Sighting(models.Model):
    """One change of where a passage stands; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="sightings"
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=PassageState)
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        related_name="sightings",
        null=True,
        blank=True,
    )

    # The archive's copy in which they were seen, where it was not the page itself
    memento_url = models.CharField(max_length=2_048, blank=True)

    # What stands there now, and how it differs: [[op, words], …], op one of = - +
    found = models.TextField(blank=True)
    diff = models.JSONField(default=list, blank=True)

    objects = SightingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sighting_intact_rests_on_a_snapshot",
                condition=~Q(state=PassageState.INTACT) | Q(snapshot__isnull=False),
            ),
            # What an archive's copy lacks says nothing about the page.
            models.CheckConstraint(
                name="sighting_in_an_archive_is_intact",
                condition=Q(memento_url="") | Q(state=PassageState.INTACT),
            ),
        ]
        indexes = [
            models.Index(name="sighting_newest", fields=["passage", "-at"]),
            models.Index(name="sighting_by_time", fields=["at"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
