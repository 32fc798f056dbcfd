"""What the API takes and gives about what the desk found."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.access import may_see_findings
from claims.api.shapes.citations import CitationOut
from claims.api.shapes.claimants import PersonOut
from claims.models import Correction, Review
from claims.vocabulary import Verdict
from sources.api.shapes import Out


class ReviewBriefOut(Out):
    """The review that stands, as far as its claim shows."""

    rating_value = serializers.IntegerField(
        allow_null=True, help_text="schema.org ratingValue, 5 best; none for unproven."
    )

    class Meta:
        model = Review
        fields = ["id", "version", "verdict", "rating_value", "summary", "published_at"]


class DeliberationOut(Out):
    """How the verdict came about: for the desk only."""

    first_verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    second_verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)

    class Meta:
        model = Review
        fields = ["first_verdict", "second_verdict", "second_note", "arbiter_note"]


FINDINGS = ("verdict", "summary", "explanation", "correction_kind", "correction_note")


class ReviewOut(Out):
    """
    The desk's verdict on a claim.

    While `blind` is true the findings are hidden from this caller: until both
    verdicts are in, only the writer sees them.
    """

    rating_value = serializers.IntegerField(
        allow_null=True, help_text="schema.org ratingValue, 5 best; none for unproven."
    )
    written_by = PersonOut()
    second_reviewer = PersonOut(allow_null=True)
    arbiter = PersonOut(allow_null=True)
    citations = CitationOut(many=True)
    deliberation = DeliberationOut(
        allow_null=True, source="*", help_text="How it came about: for the desk only."
    )
    blind = serializers.BooleanField(default=False)

    class Meta:
        model = Review
        fields = [
            "id",
            "claim",
            "version",
            "verdict",
            "rating_value",
            "summary",
            "explanation",
            "written_by",
            "submitted_at",
            "second_reviewer",
            "seconded_at",
            "arbiter",
            "arbitrated_at",
            "correction_kind",
            "correction_note",
            "created_at",
            "published_at",
            "valid_from",
            "valid_to",
            "citations",
            "deliberation",
            "blind",
        ]

    def to_representation(self, instance: Review) -> dict[str, Any]:
        blind = not may_see_findings(self.context["request"].user, instance)
        instance.blind = blind  # type: ignore[attr-defined]
        shown: dict[str, Any] = super().to_representation(instance)
        if blind:
            shown |= dict.fromkeys(FINDINGS, "")
            shown |= {"rating_value": None, "citations": []}
        if blind or not self.context["desk"]:
            shown["deliberation"] = None
        return shown


class CorrectionOut(Out):
    """The public note that goes with a changed or withdrawn review."""

    by = PersonOut()

    class Meta:
        model = Correction
        fields = ["id", "claim", "review_from", "review_to", "kind", "note", "by", "at"]
