"""What is kept about the plugged-in model: its budget, its silences, its answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.vocabulary import WhyNot


class EndpointDay(models.Model):
    """What one day, by UTC, has cost. Reserved before anything is sent."""

    day = models.DateField(primary_key=True)
    requests = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)

    # What came of it
    remembered = models.PositiveIntegerField(default=0)  # answers that cost nothing
    failed = models.PositiveIntegerField(default=0)
    thrown_away = models.PositiveIntegerField(default=0)  # words not in the text

    def __str__(self) -> str:
        return f"{self.day} {self.requests}"


class EndpointPause(models.Model):
    """How a model has behaved of late, and until when it is left alone."""

    name = models.CharField(
        primary_key=True, max_length=64
    )  # hash of address and model
    failures = models.PositiveSmallIntegerField(default=0)  # one after the other
    why = models.CharField(max_length=20, choices=WhyNot, blank=True)
    until = models.DateTimeField(null=True)
    # It knows nothing of formats, temperatures and limits, and is sent none of them.
    plain = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="endpoint_pause_has_a_reason",
                condition=Q(until=None) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name[:12]} {self.why or 'well'}"


class EndpointAnswer(models.Model):
    """What a model answered, under a hash of all that it was sent."""

    name = models.CharField(primary_key=True, max_length=64)
    content = models.TextField()
    used_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="endpoint_answer_used", fields=["used_at"])]

    def __str__(self) -> str:
        return f"{self.name[:12]} {self.used_at:%Y-%m-%d %H:%M}"
