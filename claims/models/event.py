"""What readers can be told of: one row for each thing that changed in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from claims.models.claim import Claim
from claims.vocabulary import EventType

if TYPE_CHECKING:
    from datetime import datetime


class EventQuerySet(models.QuerySet["Event"]):
    def due(self, now: datetime) -> Self:
        """Events that readers can see by now and that were not told yet."""
        return self.filter(number=None, at__lte=now)

    def told(self) -> Self:
        """Events that went out."""
        return self.exclude(number=None)

    def after(self, number: int) -> Self:
        """Events that went out after that one."""
        return self.filter(number__gt=number)

    def in_order(self) -> Self:
        return self.order_by("number")


def _rule(name: str, message: str) -> str:
    # Our own words only. check_violation, so that it is an IntegrityError to Django.
    return (
        f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
        f"MESSAGE = '{name}: {message}';"
    )


class Event(models.Model):
    """
    Something that readers see from `at` on, written with the change itself.

    It has a number from when it was told, one after the other: whoever has read up to
    a number has missed none below it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=30, choices=EventType)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="told")
    cause = models.CharField(max_length=120)  # the row that it is about
    at = models.DateTimeField()
    data = models.JSONField()
    number = models.PositiveBigIntegerField(null=True, unique=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="event_is_told_once", fields=["claim", "type", "cause"]
            ),
            models.CheckConstraint(
                name="event_type_is_known", condition=Q(type__in=EventType.values)
            ),
        ]
        indexes = [
            # Few, and looked for every few seconds.
            models.Index(name="event_to_tell", fields=["at"], condition=Q(number=None)),
            models.Index(name="event_of_claim", fields=["claim", "number"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="event_stays_as_it_is",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                IF OLD.number IS NOT NULL OR NEW.number IS NULL
                   OR NEW.at > statement_timestamp()
                   OR to_jsonb(NEW) - 'number' IS DISTINCT FROM to_jsonb(OLD) - 'number'
                THEN
                    {_rule("event_stays_as_it_is", "an event is told as it was written")}
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="event_once_public_stays",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"""
                IF OLD.number IS NOT NULL OR OLD.at <= statement_timestamp() THEN
                    {_rule("event_once_public_stays", "readers could see it")}
                END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.type}"
