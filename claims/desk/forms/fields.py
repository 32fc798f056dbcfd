"""Fields that several forms of the desk have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.vocabulary import CitationRole, ClaimantKind, Verdict
from sources.models.passage import EXACT_MAX_CHARACTERS
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAME_MAX_CHARACTERS = 200
NOTE_MAX_CHARACTERS = 2_000
TOPIC_MAX_CHARACTERS = 60
MAX_TOPICS = 20
MAX_DIGITS = 18  # what a column of integers holds
_COMMAS = re.compile("[,،]")
_KIND = _("Kind, if new")


def number(text: str) -> int | None:
    """Return the number that a hidden field or an address holds; None for all else."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None


class Words(forms.CharField):
    """Text without hidden characters; a browser's line ends become plain ones."""

    def __init__(
        self, *, rows: int = 0, said: bool = False, reached_by: str = "", **options: Any
    ) -> None:
        given = {
            "rows": rows,
            "class": "said" if said else "",
            "data-key": reached_by,
            # Whoever writes from the other side writes so from the first letter.
            "dir": "auto",
        }
        attributes = {name: value for name, value in given.items() if value}
        widget = forms.Textarea if rows else forms.TextInput
        options.setdefault("widget", widget(attrs=attributes))
        super().__init__(**options)
        self.validators.append(plain)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Day(forms.DateField):
    """A day, chosen or typed as 2026-11-09."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        )
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class Topics(forms.CharField):
    """Topics with commas between them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("With commas between them."))
        super().__init__(required=False, max_length=2_000, **options)
        self.validators.append(plain)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        found = list(dict.fromkeys(" ".join(t.split()) for t in _COMMAS.split(text)))
        topics = [topic for topic in found if topic]
        if len(topics) > MAX_TOPICS:
            raise forms.ValidationError(
                gettext("Name at most %(most)s topics.") % {"most": MAX_TOPICS}
            )
        for topic in topics:
            if len(topic) > TOPIC_MAX_CHARACTERS:
                raise forms.ValidationError(
                    gettext(
                        "A topic has at most %(most)s characters: «%(topic)s» is longer."
                    )
                    % {"most": TOPIC_MAX_CHARACTERS, "topic": topic[:30] + "…"}
                )
        return topics


def reason_field(label: str | _StrPromise, **options: Any) -> Words:
    return Words(label=label, max_length=NOTE_MAX_CHARACTERS, rows=2, **options)


def verdict_field(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect, **options
    )


def kind_field(
    label: str | _StrPromise = _KIND,
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=ClaimantKind.choices, initial=ClaimantKind.PERSON
    )


def name_field(label: str | _StrPromise) -> Words:
    return Words(
        label=label,
        max_length=NAME_MAX_CHARACTERS,
        help_text=_("A name or an alias that is known leads to the one it belongs to."),
    )


def url_field(**options: Any) -> Words:
    return Words(
        label=_("Address of the page"),
        max_length=URL_MAX_CHARACTERS,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        **options,
    )


def exact_field(**options: Any) -> Words:
    options.setdefault(
        "help_text",
        _("As they stand on the page. A worker looks for them at every check."),
    )
    return Words(
        label=_("The exact words"),
        max_length=EXACT_MAX_CHARACTERS,
        rows=3,
        said=True,
        **options,
    )


def role_field(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What it is there for"), choices=CitationRole.choices, **options
    )
