"""What the API takes and gives about claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from claims.access import may_read_note
from claims.api.shapes.assessments import AssessmentOut
from claims.api.shapes.citations import CitationOut
from claims.api.shapes.claimants import ClaimantBriefOut, Page, PersonOut
from claims.api.shapes.reviews import ReviewBriefOut, ReviewOut
from claims.models import Claim, Claimant, Move
from claims.models.claim import STATEMENT_MAX_CHARACTERS
from claims.search import Tally
from claims.vocabulary import AT_THE_DESK, ClaimStatus, Form, Precision, RecheckReason
from sources.api.shapes import In, Moment, One, Out, Reference, Words, longest

if TYPE_CHECKING:
    from datetime import datetime

TOPICS_AT_MOST = 30
TOPIC_MAX_CHARACTERS = 60
NONE = Tally(against=0, in_favour=0)
# What is given with a claim where `include` names it.
INCLUDABLE = ("assessments", "citations", "reviews")


class StatementIn(In):
    """What was said, and when."""

    statement = Words(max_length=STATEMENT_MAX_CHARACTERS)
    original_wording = Words(
        max_length=STATEMENT_MAX_CHARACTERS, required=False, allow_blank=True
    )
    form = One(choices=Form.choices, required=False)
    role_at_time = Words(
        max_length=longest(Claim, "role_at_time"), required=False, allow_blank=True
    )
    said_at = Moment(required=False, allow_null=True)
    said_at_precision = One(choices=Precision.choices, required=False)
    language = Words(max_length=longest(Claim, "language"), required=False)
    topics = serializers.ListField(
        child=Words(max_length=TOPIC_MAX_CHARACTERS),
        max_length=TOPICS_AT_MOST,
        required=False,
    )
    canonical = Reference(queryset=Claim.objects.all(), required=False, allow_null=True)


class ClaimIn(StatementIn):
    """One checkable statement by one claimant on one occasion."""

    example = {
        "statement": "The strike caused only minor damage.",
        "original_wording": "only minor damage",
        "form": "mixed",
        "claimant": "0190163d-8694-739b-aea5-966c26f8ad91",
        "role_at_time": "spokesman of the ministry",
        "said_at": "2026-03-14T08:30:00Z",
        "said_at_precision": "minute",
        "language": "en",
        "topics": ["air strike"],
    }
    claimant = Reference(queryset=Claimant.objects.all())


class ClaimOut(Out):
    """A claim, where it stands, and what the desk found."""

    claimant = ClaimantBriefOut()
    assigned_to = PersonOut(allow_null=True)
    review = ReviewBriefOut(
        allow_null=True, help_text="The review that stands now, once it is published."
    )
    against = serializers.IntegerField(
        help_text="Confirmed assessments that contradict it or explain it away."
    )
    in_favour = serializers.IntegerField(
        help_text="Confirmed assessments that support it."
    )
    status = serializers.ChoiceField(
        choices=ClaimStatus.choices,
        help_text="Where it stands. Readers are told «published» or «retracted».",
    )
    due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When the desk means to be done; for the desk only, while it works.",
    )
    page = Page()
    assessments = AssessmentOut(many=True, help_text="With `include`: the first 20.")
    citations = CitationOut(many=True, help_text="With `include`: the first 20.")
    reviews = ReviewOut(many=True, help_text="With `include`: the newest 20.")

    class Meta:
        model = Claim
        fields = [
            "id",
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
            "status",
            "moved_at",
            "due_at",
            "assigned_to",
            "review",
            "against",
            "in_favour",
            "version",
            "created_at",
            "updated_at",
            "page",
            *INCLUDABLE,
        ]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        if self.context:  # the description of the API has none
            for name in INCLUDABLE:
                del fields[name]
        return fields

    def to_representation(self, instance: Claim) -> dict[str, Any]:
        tally = self.context["tallies"].get(instance.pk, NONE)
        standing = getattr(instance, "standing", [])
        instance.review = standing[0] if standing else None  # type: ignore[attr-defined]
        instance.against = tally.against  # type: ignore[attr-defined]
        instance.in_favour = tally.in_favour  # type: ignore[attr-defined]
        shown: dict[str, Any] = super().to_representation(instance)
        if instance.status not in AT_THE_DESK:
            shown["due_at"] = None
        then, desk = self.context.get("then"), self.context["desk"]
        if then or (not desk and instance.status != ClaimStatus.RETRACTED):
            shown |= _for_readers(instance, now=then or self.context["now"])
        if then or not desk:
            shown["assigned_to"] = None
            if instance.canonical is not None and not instance.canonical.is_public:
                shown["canonical"] = None
        for name, of_claims in self.context.get("included", {}).items():
            shown[name] = of_claims.get(instance.pk, [])
        return shown


def _for_readers(claim: Claim, *, now: datetime) -> dict[str, Any]:
    """
    Return what readers are told in place of how the desk goes on with a claim.

    It is published, since then; that somebody looks at it again, when that is due and
    who does, is the desk's, and so is a correction that does not stand yet.
    """
    told: dict[str, Any] = {"status": ClaimStatus.PUBLISHED.value, "due_at": None}
    review = getattr(claim, "review", None)
    if review is not None:
        shown = serializers.DateTimeField().to_representation
        # When the last person who decided on it did.
        decided_at = review.arbitrated_at or review.seconded_at
        told["moved_at"] = shown(decided_at or review.published_at)
        if claim.updated_at > now:
            told["updated_at"] = shown(review.published_at)
    return told


class MoveOut(Out):
    """One change of a claim's status."""

    from_status = serializers.ChoiceField(choices=ClaimStatus.choices)
    to_status = serializers.ChoiceField(choices=ClaimStatus.choices)
    reason = serializers.ChoiceField(choices=RecheckReason.choices, allow_blank=True)
    by = PersonOut(allow_null=True)

    class Meta:
        model = Move
        fields = ["id", "from_status", "to_status", "by", "at", "reason", "note"]

    def to_representation(self, instance: Move) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        caller, making = self.context["request"].user, self.context["making"]
        if not may_read_note(caller, instance, making=making):
            shown["note"] = ""
        return shown


class ClaimHistoryOut(serializers.Serializer[Any]):
    """The claim as it stood after one change, and who made it."""

    id = serializers.IntegerField(source="pgh_id")
    at = serializers.DateTimeField(source="pgh_created_at")
    what = serializers.ChoiceField(
        choices=["insert", "update"], source="pgh_label", help_text="What was done."
    )
    by = PersonOut(allow_null=True)
    request_id = serializers.CharField(allow_blank=True)
    statement = serializers.CharField()
    original_wording = serializers.CharField(allow_blank=True)
    form = serializers.ChoiceField(choices=Form.choices)
    claimant = serializers.UUIDField(source="claimant_id")
    role_at_time = serializers.CharField(allow_blank=True)
    said_at = serializers.DateTimeField(allow_null=True)
    said_at_precision = serializers.ChoiceField(choices=Precision.choices)
    language = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    canonical = serializers.UUIDField(source="canonical_id", allow_null=True)
    status = serializers.ChoiceField(choices=ClaimStatus.choices)
    version = serializers.IntegerField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        context = instance.pgh_context.metadata if instance.pgh_context else {}
        instance.by = self.context["people"].get(context.get("user"))
        instance.request_id = context.get("request_id", "")
        shown: dict[str, Any] = super().to_representation(instance)
        return shown
