"""A page at an address, whoever cites it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Self
from uuid import UUID

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from uuid_utils.compat import uuid7

from sources.plain import plain
from sources.vocabulary import SourceState

if TYPE_CHECKING:
    from sources.models.passage import Passage

URL_MAX_CHARACTERS = 2_048
FIRST_INTERVAL = timedelta(hours=6)

# See sources/models/title.py.
_KEEP_TITLE = """
INSERT INTO sources_title (source_id, title) VALUES (NEW.id, NEW.title)
ON CONFLICT (source_id) DO UPDATE SET title = EXCLUDED.title;
RETURN NULL;
"""
EDITORIAL = ("url", "title", "publisher", "author", "published_at", "language")


def uuids(ids: Iterable[UUID]) -> str:
    """
    Return ids as one value of the database's, for `= ANY(%s::uuid[])`.

    As a list each is quoted for itself, which for a hundred takes longer than the
    statement they are in (0.6 ms, 2026-11).
    """
    return "{" + ",".join(map(str, ids)) + "}"


class SourceQuerySet(models.QuerySet["Source"]):
    def among(self, ids: Iterable[UUID]) -> Self:
        """Sources of these many."""
        found: Self = self.extra(  # type: ignore[assignment]  # its stubs forget the kind
            where=["sources_source.id = ANY(%s::uuid[])"], params=[uuids(ids)]
        )
        return found

    def due(self, now: datetime) -> Self:
        """Sources to be looked at: their time has come and nobody has them."""
        return self.waiting(now).filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def waiting(self, now: datetime) -> Self:
        """Sources whose time has come, also those that somebody has."""
        return self.filter(due_at__lte=now, parked_at=None, same_as=None)

    def not_of(self, hosts: Collection[str]) -> Self:
        """Sources of other hosts than these."""
        return self.exclude(host__in=hosts) if hosts else self

    def leased(self, now: datetime) -> Self:
        """Sources that a worker has at this moment."""
        return self.filter(lease_token__isnull=False, lease_until__gte=now)

    def parked(self) -> Self:
        """Sources that were given up after too many broken attempts."""
        return self.exclude(parked_at=None)

    def gone(self) -> Self:
        """Sources that are dead as far as anyone can tell."""
        return self.filter(state=SourceState.GONE)

    def changed_since(self, since: datetime) -> Self:
        """Sources whose state changed at or after that moment."""
        return self.filter(state_since__gte=since)

    def lost(self) -> Self:
        """Sources that are dead, or did not answer more than once."""
        return self.filter(
            Q(state=SourceState.GONE) | Q(state=SourceState.FAILING, failures__gt=1)
        )

    def never_looked_for(self) -> Self:
        """Sources that nobody has looked for in an archive, or is about to."""
        return self.filter(archive_due_at=None, archive_failures=0, same_as=None)

    def sought_in_vain(self) -> Self:
        """Sources that were looked for in an archive, which shows no copy so far."""
        return self.exclude(archive_failures=0)

    def due_in_an_archive(self, now: datetime) -> Self:
        """Sources to be looked for in an archive."""
        return self.filter(archive_due_at__lte=now, same_as=None)

    def pointing_to_a_source(self) -> Self:
        """Sources whose page is also known, and was read, at another address."""
        there = Source.objects.known_to_all().filter(
            canonical_url=OuterRef("points_to")
        )
        return (
            self.known_to_all()
            .filter(Exists(there.exclude(last_checked_at=None)), same_as=None)
            .exclude(points_to="")
        )

    def known_to_all(self) -> Self:
        """Sources that are not kept apart for anything."""
        return self.filter(apart_for=None)

    def most_urgent_first(self) -> Self:
        return self.order_by("due_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-added_at", "-pk")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(*EDITORIAL, "state")),
    fields=["id", *EDITORIAL, "state", "archived_url"],
    model_name="SourceEvent",
)
class Source(models.Model):
    """A page at an address, whoever cites it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What it is
    url = models.CharField(max_length=URL_MAX_CHARACTERS, validators=[plain])
    canonical_url = models.CharField(max_length=URL_MAX_CHARACTERS)
    final_url = models.CharField(max_length=URL_MAX_CHARACTERS, blank=True)
    # Where the site says this page is for good; empty while it is where it was
    points_to = models.CharField(max_length=URL_MAX_CHARACTERS, blank=True)
    host = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True, validators=[plain])
    publisher = models.CharField(max_length=200, blank=True, validators=[plain])
    author = models.CharField(max_length=200, blank=True, validators=[plain])
    published_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True, validators=[plain])
    media_type = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # The source of the same page under its present address, which is looked at instead
    same_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="aliases",
        null=True,
        blank=True,
        db_index=False,  # `source_aliases` holds the few that are one
    )

    # Where it stands
    state = models.CharField(
        max_length=20, choices=SourceState, default=SourceState.PENDING
    )
    state_since = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)

    # What it looked like the last time
    etag = models.CharField(max_length=1_000, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)

    # When it is looked at again
    due_at = models.DateTimeField()
    interval = models.DurationField(default=FIRST_INTERVAL)
    closely_until = models.DateTimeField(null=True, blank=True)  # much rests on it
    looks = models.PositiveIntegerField(default=0)  # that were written down
    failures = models.PositiveIntegerField(default=0)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(null=True, blank=True)

    # Where a copy is kept elsewhere
    archived_url = models.CharField(max_length=URL_MAX_CHARACTERS, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archive_due_at = models.DateTimeField(null=True, blank=True)  # asked for again
    archive_failures = models.PositiveSmallIntegerField(default=0)

    # Who brought it, when
    added_at = models.DateTimeField()
    # What alone knows of it: who brings the same address is given another source, and
    # so cannot find out that it was guessed right
    apart_for = models.UUIDField(null=True, blank=True, editable=False)

    # Set by whoever loads the passages of many sources at once.
    known_passages: list[Passage] | None = None

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            # Said of the field, it would make a second index, for prefixes.
            models.UniqueConstraint(
                name="source_once_for_each_address",
                fields=["canonical_url", "apart_for"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="source_url_is_http",
                condition=Q(canonical_url__startswith="http://")
                | Q(canonical_url__startswith="https://"),
            ),
            models.CheckConstraint(
                name="source_lease_is_whole_or_empty",
                condition=Q(lease_token=None, lease_until=None)
                | Q(lease_token__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="source_archived_copy_has_a_time",
                condition=Q(archived_url="", archived_at=None)
                | (~Q(archived_url="") & Q(archived_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="source_state_is_known",
                condition=Q(state__in=SourceState.values),
            ),
            models.CheckConstraint(
                name="source_is_not_its_own_alias",
                condition=Q(same_as=None) | ~Q(same_as=models.F("pk")),
            ),
        ]
        # Each look moves its row, and writes it into each of these anew.
        indexes = [
            models.Index(
                name="source_due",
                fields=["due_at", "id"],
                include=["host"],  # large and paused sites are passed over in the index
                condition=Q(parked_at=None, same_as=None),
            ),
            models.Index(name="source_by_host", fields=["host", "due_at"]),
            models.Index(
                name="source_aliases",
                fields=["same_as"],
                condition=Q(same_as__isnull=False),
            ),
            models.Index(
                name="source_pointing",
                fields=["points_to"],
                condition=~Q(points_to="") & Q(same_as=None),
            ),
            # Neither the time nor the attempts are in an index, so that a worker that
            # begins touches none of them (HOT).
            models.Index(
                name="source_leased",
                fields=["host"],
                condition=Q(lease_token__isnull=False),
            ),
            models.Index(
                name="source_archive_due",
                fields=["archive_due_at"],
                condition=Q(archive_due_at__isnull=False),
            ),
            models.Index(name="source_state_changes", fields=["state_since"]),
            models.Index(
                name="source_lost",
                fields=["state_since"],
                condition=Q(state__in=[SourceState.GONE, SourceState.FAILING]),
            ),
            models.Index(name="source_newest", fields=["-added_at", "-id"]),
            models.Index(
                name="source_kept_apart",
                fields=["apart_for"],
                condition=Q(apart_for__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="version_counts_edits",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(*EDITORIAL),
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="title_is_kept_apart",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                condition=~pgtrigger.Q(new__title=""),
                func=_KEEP_TITLE,
            ),
            pgtrigger.Trigger(
                name="new_title_is_kept_apart",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("title"),
                func=_KEEP_TITLE,
            ),
            # Who cites the old address sees what became of the page at its new one.
            pgtrigger.Trigger(
                name="aliases_follow_their_page",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("state", "archived_url", "archived_at"),
                func="""
                UPDATE sources_source SET
                    state = NEW.state,
                    state_since = NEW.state_since,
                    archived_url = NEW.archived_url,
                    archived_at = NEW.archived_at
                WHERE same_as_id = NEW.id;
                RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="source_alias_of_a_page",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__same_as__isnull=False),
                func="""
                IF EXISTS (
                    SELECT FROM sources_source s
                    WHERE s.id = NEW.same_as_id AND s.same_as_id IS NOT NULL
                ) OR EXISTS (
                    SELECT FROM sources_source s WHERE s.same_as_id = NEW.id
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'source_alias_of_a_page',
                    MESSAGE = 'source_alias_of_a_page: an alias has none of its own';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title or self.canonical_url}"

    def get_absolute_url(self) -> str:
        return reverse("api:source-detail", args=[self.pk])

    def watched(self) -> list[Passage]:
        """Return the passages whose words are looked for on this page, aliases' too."""
        if self.known_passages is not None:
            return self.known_passages
        aliased = (alias.passages.all() for alias in self.aliases.all())
        return [*self.passages.all(), *chain.from_iterable(aliased)]

    @property
    def name(self) -> str:
        """What people call it: its title, or its address while nobody has read it."""
        return self.title or self.canonical_url
