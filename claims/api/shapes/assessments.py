"""What the API takes and gives about what others say about a claim."""

from __future__ import annotations

from typing import Any

from claims.api.shapes.citations import CitationOut
from claims.api.shapes.claimants import ClaimantBriefOut, PersonOut
from claims.models import Assessment, Claim, Claimant
from claims.models.claim import STATEMENT_MAX_CHARACTERS
from claims.vocabulary import Precision, Stance
from sources.api.shapes import In, Link, Moment, One, Out, Reference, Words, longest


class AssessmentIn(In):
    """What somebody else says about a claim."""

    example = {
        "assessor": "0190163d-9f02-7d3c-8a0e-1f0a4a2a6c11",
        "stance": "contradicts",
        "statement": "Two halls have lost their roofs.",
        "said_at": "2026-03-14T17:00:00Z",
    }
    assessor = Reference(queryset=Claimant.objects.all())
    stance = One(choices=Stance.choices)
    statement = Words(max_length=STATEMENT_MAX_CHARACTERS)
    said_at = Moment(required=False, allow_null=True)
    said_at_precision = One(choices=Precision.choices, required=False)
    based_on = Reference(queryset=Claim.objects.all(), required=False, allow_null=True)
    rating_text = Words(
        max_length=longest(Assessment, "rating_text"), required=False, allow_blank=True
    )
    url = Link(max_length=longest(Assessment, "url"), required=False, allow_blank=True)


class AssessmentOfClaimIn(AssessmentIn):
    """What somebody else says about the claim that is named."""

    example = {
        "claim": "0190163d-8694-739b-aea5-966c26f8ad91",
        "assessor": "0190163d-9f02-7d3c-8a0e-1f0a4a2a6c11",
        "stance": "contradicts",
        "statement": "Two halls have lost their roofs.",
        "said_at": "2026-03-14T17:00:00Z",
    }
    claim = Reference(queryset=Claim.objects.all())


class AssessmentOut(Out):
    """What somebody else says about a claim, in their own words."""

    assessor = ClaimantBriefOut()
    decided_by = PersonOut(allow_null=True)
    citations = CitationOut(many=True)

    class Meta:
        model = Assessment
        fields = [
            "id",
            "claim",
            "based_on",
            "assessor",
            "stance",
            "statement",
            "said_at",
            "said_at_precision",
            "rating_text",
            "url",
            "state",
            "decided_by",
            "decided_at",
            "citations",
            "version",
            "created_at",
            "updated_at",
        ]

    def to_representation(self, instance: Assessment) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not self.context["desk"]:
            shown["decided_by"] = None
            if instance.based_on is not None and not instance.based_on.is_public:
                shown["based_on"] = None
        return shown
