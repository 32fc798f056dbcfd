"""Verdicts: the first, the second and the third; and the moves around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.forms.fields import (
    NOTE_MAX_CHARACTERS,
    Words,
    reason_field,
    verdict_field,
)
from claims.models.people import called
from claims.models.review import EXPLANATION_MAX_CHARACTERS, SUMMARY_MAX_CHARACTERS
from claims.vocabulary import CorrectionKind
from claims.workflow import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

LARGEST = 2**63 - 1
CHANGES = [
    (each.value, each.label)
    for each in (CorrectionKind.CORRECTION, CorrectionKind.UPDATE)
]


def summary_field(**options: Any) -> Words:
    field = Words(
        label=gettext_lazy("Summary"),
        max_length=SUMMARY_MAX_CHARACTERS,
        rows=3,
        said=True,
        help_text=gettext_lazy("One or two sentences: what a reader takes away."),
        **options,
    )
    field.widget.attrs["data-counts"] = SUMMARY_MAX_CHARACTERS
    # Over the limit the browser keeps what was typed, and the form says so.
    field.widget.attrs.pop("maxlength", None)
    return field


def explanation_field() -> Words:
    return Words(
        label=gettext_lazy("Explanation"),
        max_length=EXPLANATION_MAX_CHARACTERS,
        rows=8,
        said=True,
        required=False,
        help_text=gettext_lazy(
            "How the desk came to the verdict, with what it rests on."
        ),
    )


class JudgingForm(forms.Form):
    """A verdict, which is about what its writer had before their eyes."""

    seen_words = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )
    seen_review = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput
    )
    seen_voices = forms.CharField(
        required=False, max_length=32, widget=forms.HiddenInput
    )

    @property
    def seen(self) -> Seen:
        """What stood on the page when this was written."""
        given = self.cleaned_data
        return Seen(
            words=given["seen_words"],
            review=given["seen_review"],
            voices=given["seen_voices"],
        )

    @property
    def findings(self) -> dict[str, Any]:
        """What was written."""
        hidden = {field.name for field in self.hidden_fields()}
        return {n: text for n, text in self.cleaned_data.items() if n not in hidden}


class ReviewForm(JudgingForm):
    """The first verdict; unfinished it can be kept, but not submitted."""

    verdict = verdict_field()
    summary = summary_field(reached_by="m")
    explanation = explanation_field()

    needed_at_last: tuple[str, ...] = ("verdict", "summary")

    def __init__(self, *args: Any, finished: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.needed_at_last:
            self.fields[name].required = finished


class CorrectionForm(ReviewForm):
    """A review that replaces one that readers have seen."""

    correction_kind = forms.ChoiceField(
        label=gettext_lazy("What sort of change"),
        choices=CHANGES,
        widget=forms.RadioSelect,
    )
    correction_note = Words(
        label=gettext_lazy("Note for readers"),
        max_length=NOTE_MAX_CHARACTERS,
        rows=3,
        help_text=gettext_lazy(
            "What was changed and why. It stands on the public page."
        ),
    )

    needed_at_last = (*ReviewForm.needed_at_last, "correction_kind", "correction_note")


class SecondForm(JudgingForm):
    """The second verdict, found without the first."""

    verdict = verdict_field()
    note = Words(
        label=gettext_lazy("Note for the desk"),
        max_length=NOTE_MAX_CHARACTERS,
        rows=2,
        required=False,
        help_text=gettext_lazy("Shown to the writer once both verdicts are in."),
        reached_by="m",
    )


class ArbitrationForm(JudgingForm):
    """The third verdict, which decides."""

    verdict = verdict_field()
    note = reason_field(gettext_lazy("Why this one"), reached_by="m")
    summary = summary_field(required=False)
    explanation = explanation_field()


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = reason_field(gettext_lazy("Reason"))


class AssignForm(forms.Form):
    """To whom, and why."""

    to = forms.ChoiceField(label=gettext_lazy("To"))
    reason = reason_field(gettext_lazy("Reason"), required=False)

    def __init__(self, *args: Any, reviewers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in reviewers}
        self.fields["to"] = forms.ChoiceField(
            label=_("To"),
            choices=[(key, called(person)) for key, person in self.people.items()],
        )

    def person(self) -> User:
        """Return who was chosen."""
        return self.people[self.cleaned_data["to"]]
