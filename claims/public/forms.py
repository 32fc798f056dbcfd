"""What readers may ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.search import Wanted
from claims.vocabulary import Verdict
from sources.plain import plain

WORDS_AT_MOST = 200


class SearchForm(forms.Form):
    """Words and filters of the search; all of them may be left out."""

    q = forms.CharField(
        label=_("Words, a person, a ministry"),
        required=False,
        max_length=WORDS_AT_MOST,
        validators=[plain],
        error_messages={
            "max_length": _(
                "Search for at most %(limit_value)d characters; "
                "yours are %(show_value)d. A few words find more."
            )
        },
    )
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        required=False,
        choices=[("", _("Any")), *Verdict.choices],
        error_messages={"invalid_choice": _("Choose one of the verdicts.")},
    )
    topic = forms.CharField(
        label=_("Topic"), required=False, max_length=60, validators=[plain]
    )
    language = forms.CharField(
        label=_("Language"), required=False, max_length=35, validators=[plain]
    )

    def wanted(self) -> Wanted:
        """Return what a valid form asks for."""
        found = self.cleaned_data
        return Wanted(
            words=found["q"],
            verdict=found["verdict"],
            topic=found["topic"],
            language=found["language"],
        )
