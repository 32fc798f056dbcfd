"""Files that come in and go out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.desk.forms.fields import Words
from claims.exchange.reading.files import ENCODINGS
from claims.models import Import
from claims.vocabulary import ExportFormat

_ACCEPTED = ".csv,.tsv,.txt,.json,.jsonld,.jsonl,.ndjson,.xlsx"


class ImportForm(forms.Form):
    """A file of claims and fact-checks, and on what terms it is read."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=_(
            "ClaimReview as JSON-LD, DataFeed or NDJSON, a CSV table, or an Excel "
            "workbook."
        ),
    )
    unnamed = Words(
        label=_("Claimant of what names nobody"),
        max_length=Import._meta.get_field("unnamed").max_length,
        required=False,
        help_text=_("Without one, claims by nobody are refused."),
    )
    language = Words(
        label=_("Language of what does not say"), max_length=35, initial="en"
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        choices=[
            ("", pgettext_lazy("encoding", "As the file says, or UTF-8")),
            *((name, name) for name in ENCODINGS),
        ],
    )
    whole = forms.BooleanField(
        label=_("All rows or none"),
        required=False,
        help_text=_("Where one row cannot be taken in, none is."),
    )


class ExportForm(forms.Form):
    """In which form claims are taken away."""

    format = forms.ChoiceField(label=_("Format"), choices=ExportFormat.choices)
    everything = forms.BooleanField(
        label=_("Also what is not published"),
        required=False,
        help_text=_(
            "And what is only suggested. What a review in the making found is never in it."
        ),
    )
