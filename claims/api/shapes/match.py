"""What the API takes and gives where claims are looked for by a text."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claims import ClaimOut
from claims.matching.posts import LONGEST
from claims.models import Assessment
from sources.api.shapes import Day, In, Out, Words

FOUND, FOUND_AT_MOST = 5, 20


class MatchIn(In):
    """A statement or a post, as somebody wrote it."""

    example = {
        "text": "So the strike did nothing?? Two sites scratched, that is all. #strike",
        "limit": 5,
        "written_on": "2026-03-14",
    }
    text = Words(max_length=LONGEST)
    limit = serializers.IntegerField(
        min_value=1,
        max_value=FOUND_AT_MOST,
        default=FOUND,
        help_text="How many claims at most.",
    )
    written_on = Day(
        required=False,
        allow_null=True,
        help_text="The day it was written; claims of about that day come first.",
    )


class FactCheckOut(Out):
    """A fact-check of the claim that somebody published."""

    publisher = serializers.CharField(source="assessor.name")
    rating = serializers.CharField(source="rating_text")

    class Meta:
        model = Assessment
        fields = ["publisher", "rating", "url", "statement", "said_at"]


class MatchOut(serializers.Serializer[Any]):
    """A claim that may say what the text says, and why it is taken for that."""

    claim = ClaimOut()
    probability = serializers.FloatField(
        help_text="That it says the same, from 0 to 1."
    )
    score = serializers.FloatField(
        help_text="The higher, the nearer; to be compared within one answer only."
    )
    shared_words = serializers.ListField(
        child=serializers.CharField(),
        help_text="Stems of words in common, the most telling first; it may have none.",
    )
    checks = FactCheckOut(many=True)


class MatchesOut(serializers.Serializer[Any]):
    """The claims nearest to a text, the nearest first."""

    results = MatchOut(many=True)
