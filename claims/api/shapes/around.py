"""What the API gives about what happened around a claim."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claimants import ClaimantBriefOut, PersonOut
from claims.search.timeline import KINDS
from claims.vocabulary import Precision, Stance, Verdict


class StepOut(serializers.Serializer[Any]):
    """One thing that happened with a claim."""

    at = serializers.DateTimeField()
    precision = serializers.ChoiceField(
        choices=Precision.choices,
        allow_blank=True,
        help_text="How exactly `at` is known; empty: to the second.",
    )
    what = serializers.ChoiceField(choices=KINDS)
    claimant = ClaimantBriefOut(
        allow_null=True, help_text="Who said it, or answered it."
    )
    assessment = serializers.UUIDField(
        source="assessment.pk", allow_null=True, default=None
    )
    stance = serializers.ChoiceField(
        choices=Stance.choices,
        source="assessment.stance",
        allow_null=True,
        default=None,
        help_text="How the answer stands to the claim.",
    )
    review = serializers.UUIDField(source="review.pk", allow_null=True, default=None)
    verdict = serializers.ChoiceField(
        choices=Verdict.choices,
        source="review.verdict",
        allow_null=True,
        default=None,
        help_text="What was published.",
    )


class TimelineOut(serializers.Serializer[Any]):
    """What happened with a claim, by time."""

    claim = serializers.UUIDField(source="pk")
    steps = StepOut(many=True)


class TieOut(serializers.Serializer[Any]):
    """A line of the picture: who stands how to whom, and how often."""

    speaker = serializers.UUIDField(help_text="Who says it.")
    of = serializers.UUIDField(help_text="Whose words it is about.")
    stance = serializers.ChoiceField(choices=Stance.choices)
    times = serializers.IntegerField(min_value=1)


class GraphOut(serializers.Serializer[Any]):
    """Who said what against whom: claimants, and the lines between them."""

    claim = serializers.UUIDField(source="pk")
    claimants = ClaimantBriefOut(many=True)
    ties = TieOut(many=True)


class LeaseOut(serializers.Serializer[Any]):
    """Somebody who has a claim open."""

    holder = PersonOut()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()


class LeasesOut(serializers.Serializer[Any]):
    """Who has a claim open now, whoever came first first. It informs, no more."""

    claim = serializers.UUIDField(source="pk")
    leases = LeaseOut(many=True)
