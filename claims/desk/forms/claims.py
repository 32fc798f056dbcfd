"""What was said, by whom and when; and what others say about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.forms.fields import (
    NAME_MAX_CHARACTERS,
    Day,
    Topics,
    Words,
    exact_field,
    kind_field,
    name_field,
    role_field,
    url_field,
)
from claims.models.claim import STATEMENT_MAX_CHARACTERS
from claims.vocabulary import Form, Precision, Stance

if TYPE_CHECKING:
    from claims.models import Assessment, Claim

LARGEST_VERSION = 2**31 - 1
PRECISIONS = [
    (each.value, each.label) for each in Precision if each is not Precision.MINUTE
]


def moment(day: date | None) -> datetime | None:
    """Return the start of that day, which is how a day is stored."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


def offer_known(form: forms.Form, name: str) -> None:
    """Tie a field to the list of names that its part of the page offers."""
    form.fields[name].widget.attrs |= {
        "list": f"{form[name].id_for_label}_known",
        "autocomplete": "off",
    }


class StatementForm(forms.Form):
    """A claim as an editor writes it down."""

    statement = Words(
        label=gettext_lazy("Claim"),
        max_length=STATEMENT_MAX_CHARACTERS,
        rows=3,
        said=True,
    )
    original_wording = Words(
        label=gettext_lazy("Original wording"),
        max_length=STATEMENT_MAX_CHARACTERS,
        rows=2,
        said=True,
        required=False,
        help_text=gettext_lazy("The words as they were quoted, where they differ."),
    )
    claimant = name_field(gettext_lazy("Claimant"))
    claimant_kind = kind_field()
    role_at_time = Words(
        label=gettext_lazy("Role at the time"), max_length=300, required=False
    )
    said_on = Day(label=gettext_lazy("Said on"), required=False)
    said_at_precision = forms.ChoiceField(
        label=gettext_lazy("Known to the"), choices=PRECISIONS
    )
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=Form.choices)
    language = Words(
        label=gettext_lazy("Language"),
        max_length=35,
        help_text=gettext_lazy("A code, such as en, fa or de-AT."),
    )
    topics = Topics(label=gettext_lazy("Topics"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_known(self, "claimant")

    def fields_of_claim(self) -> dict[str, Any]:
        """Return what the operations take, the claimant apart."""
        given = self.cleaned_data
        return {
            "statement": given["statement"],
            "original_wording": given["original_wording"],
            "role_at_time": given["role_at_time"],
            "said_at": moment(given["said_on"]),
            "said_at_precision": given["said_at_precision"],
            "form": given["form"],
            "language": given["language"],
            "topics": given["topics"],
        }


class CandidateForm(StatementForm):
    """
    A candidate as an editor changed it.

    The role it came with is that of the claimant it came with: whoever names another
    one and leaves it is asked once, and answers by sending it again.
    """

    role_of = Words(
        required=False, max_length=NAME_MAX_CHARACTERS, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        other, role = given.get("claimant"), given.get("role_at_time")
        left = (
            "claimant" in self.changed_data and "role_at_time" not in self.changed_data
        )
        if other and role and left and given.get("role_of") != other:
            sent: Any = self.data
            self.data = sent = sent.copy()  # or it cannot be written to
            sent["role_of"] = other
            self.add_error(
                "role_at_time",
                _(
                    "That is what %(before)s was. Write what %(now)s was, or nothing; if it "
                    "is right for both, accept it once more."
                )
                % {"before": self.initial["claimant"], "now": other},
            )
        return given


# What a published verdict is about: see editing.change_claim.
FIXED_ONCE_PUBLISHED = (
    "statement",
    "original_wording",
    "claimant",
    "claimant_kind",
    "role_at_time",
    "said_on",
    "said_at_precision",
    "form",
)


class ChangeForm(StatementForm):
    """
    A claim that is there, changed by somebody who read one version of it.

    Where a verdict was published, the words it is about are shown and not changed.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION
    )
    fixed = False

    @classmethod
    def of(cls, claim: Claim, data: Any = None) -> ChangeForm:
        """Return the form of this claim, filled with what was sent, if anything was."""
        form = cls(data, initial=cls.values_of(claim), auto_id="change_%s")
        form.fixed = claim.was_published
        if form.fixed:
            for name in FIXED_ONCE_PUBLISHED:
                form.fields[name].disabled = True
        return form

    @staticmethod
    def values_of(claim: Claim) -> dict[str, Any]:
        """Return a claim as this form shows it."""
        exact = claim.said_at_precision == Precision.MINUTE
        return {
            "version": claim.version,
            "statement": claim.statement,
            "original_wording": claim.original_wording,
            "claimant": claim.claimant.name,
            "claimant_kind": claim.claimant.kind,
            "role_at_time": claim.role_at_time,
            "said_on": claim.said_at.date() if claim.said_at else None,
            "said_at_precision": Precision.DAY if exact else claim.said_at_precision,
            "form": claim.form,
            "language": claim.language,
            "topics": claim.topics,
        }

    def fields_of_claim(self) -> dict[str, Any]:
        fields = super().fields_of_claim()
        if not {"said_on", "said_at_precision"} & set(self.changed_data):
            # A time known to the minute stays: the form shows only its day.
            del fields["said_at"], fields["said_at_precision"]
        return fields


class AssessmentForm(forms.Form):
    """What somebody else says about a claim, and where they said it."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices, widget=forms.RadioSelect
    )
    assessor = name_field(gettext_lazy("Who says so"))
    assessor_kind = kind_field()
    statement = Words(
        label=gettext_lazy("In their words"),
        max_length=STATEMENT_MAX_CHARACTERS,
        rows=3,
        said=True,
    )
    said_on = Day(label=gettext_lazy("Said on"), required=False)
    url = url_field(required=False)
    exact = exact_field(
        required=False,
        help_text=gettext_lazy(
            "As they stand on that page, where they are not the words above."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_known(self, "assessor")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("exact") and not given.get("url") and "url" not in self.errors:
            self.add_error("url", _("Say on which page these words stand."))
        if given.get("url") and not given.get("exact"):
            given["exact"] = given.get("statement", "")
        return given


class AmendForm(forms.Form):
    """An assessment that is there, put right by somebody who read one version of it."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices, widget=forms.RadioSelect
    )
    assessor = name_field(gettext_lazy("Who says so"))
    assessor_kind = kind_field()
    statement = Words(
        label=gettext_lazy("In their words"),
        max_length=STATEMENT_MAX_CHARACTERS,
        rows=3,
        said=True,
    )
    said_on = Day(label=gettext_lazy("Said on"), required=False)
    said_at_precision = forms.ChoiceField(
        label=gettext_lazy("Known to the"), choices=PRECISIONS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_known(self, "assessor")

    @classmethod
    def of(cls, assessment: Assessment, data: Any = None) -> AmendForm:
        """Return the form of this assessment, filled with what was sent, if any was."""
        return cls(data, initial=cls.values_of(assessment), auto_id="amend_%s")

    @staticmethod
    def values_of(assessment: Assessment) -> dict[str, Any]:
        """Return an assessment as this form shows it."""
        said_at = assessment.said_at
        exact = assessment.said_at_precision == Precision.MINUTE
        return {
            "version": assessment.version,
            "stance": assessment.stance,
            "assessor": assessment.assessor.name,
            "assessor_kind": assessment.assessor.kind,
            "statement": assessment.statement,
            "said_on": said_at.date() if said_at else None,
            "said_at_precision": Precision.DAY
            if exact
            else assessment.said_at_precision,
        }

    def fields_of_assessment(self) -> dict[str, Any]:
        """Return what the operation takes, the assessor apart."""
        given = self.cleaned_data
        fields = {
            "stance": given["stance"],
            "statement": given["statement"],
            "said_at": moment(given["said_on"]),
            "said_at_precision": given["said_at_precision"],
        }
        if not {"said_on", "said_at_precision"} & set(self.changed_data):
            # A time known to the minute stays: the form shows only its day.
            del fields["said_at"], fields["said_at_precision"]
        return fields


class CitationForm(forms.Form):
    """Where words stand written."""

    url = url_field()
    exact = exact_field()
    role = role_field()
