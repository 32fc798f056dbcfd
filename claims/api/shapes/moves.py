"""What the moves of a claim take."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework import serializers

from claims.models import Move, Review
from claims.models.review import EXPLANATION_MAX_CHARACTERS, SUMMARY_MAX_CHARACTERS
from claims.vocabulary import CorrectionKind, Verdict
from sources.api.shapes import In, One, Reference, Words, longest

NOTE = longest(Move, "note")
# A retraction is a move of its own.
REPLACING = [
    (kind.value, kind.label)
    for kind in (CorrectionKind.CORRECTION, CorrectionKind.UPDATE)
]
LAST_PERSON = 2**31 - 1


class PersonKey(serializers.IntegerField):
    """The number of somebody with an account."""

    def to_internal_value(self, data: object) -> int:
        if type(data) is not int or not 0 < data <= LAST_PERSON:
            self.fail("invalid")
        return data


class ReasonIn(In):
    """Why."""

    reason = Words(max_length=NOTE)


class NoteIn(In):
    """What those who come after will need to know."""

    note = Words(max_length=NOTE)


class AssignIn(ReasonIn):
    """To whom, and why."""

    to = Reference(queryset=User.objects.filter(is_active=True), pk_field=PersonKey())


class WriteReviewIn(In):
    """What was found so far; the whole of it, each time."""

    example = {
        "verdict": "misleading",
        "summary": "Images show two halls without a roof.",
        "explanation": "Three sets of images were compared.",
    }
    verdict = One(choices=Verdict.choices, required=False, allow_blank=True)
    summary = Words(max_length=SUMMARY_MAX_CHARACTERS, required=False, allow_blank=True)
    explanation = Words(
        max_length=EXPLANATION_MAX_CHARACTERS, required=False, allow_blank=True
    )


class SubmitIn(In):
    """What readers are told where the review replaces another."""

    correction_kind = One(
        choices=REPLACING,
        required=False,
        allow_blank=True,
    )
    correction_note = Words(
        max_length=longest(Review, "correction_note"), required=False, allow_blank=True
    )


class SecondIn(In):
    """The second verdict."""

    example = {"verdict": "misleading", "note": "The images are of that day."}
    verdict = One(choices=Verdict.choices)
    note = Words(
        max_length=longest(Review, "second_note"), required=False, allow_blank=True
    )


class ArbitrateIn(In):
    """The third verdict, and why."""

    verdict = One(choices=Verdict.choices)
    note = Words(max_length=longest(Review, "arbiter_note"))
    summary = Words(max_length=SUMMARY_MAX_CHARACTERS, required=False, allow_blank=True)
    explanation = Words(
        max_length=EXPLANATION_MAX_CHARACTERS, required=False, allow_blank=True
    )
