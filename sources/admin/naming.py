"""What a row is called on a page, and what it is shown as."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Model
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

_KEY = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} ")


def named(row: Model | Any) -> str:
    """Return what people call a row: its text without the key in front."""
    return str(row).removeprefix(f"{row.pk} ")


class ByName:
    """A row as a page prints it: by its name, and otherwise as it is."""

    def __init__(self, row: Model) -> None:
        self.row = row

    def __str__(self) -> str:
        return named(self.row)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def without_keys(text: str) -> str:
    """Return a sentence without the keys that stand before the names in it."""
    found = _KEY.sub("", text)
    # Nothing is put in: what was safe stays safe.
    return SafeString(found) if isinstance(text, SafeString) else found


def link_to(row: Model | None, text: str = "") -> str:
    """Return a link to the row's own page in the panel."""
    if row is None:
        return "–"
    place = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return format_html(
        '<a href="{}">{}</a>', reverse(place, args=[row.pk]), text or named(row)
    )


def said(text: str, *, characters: int = 160) -> str:
    """Return words that somebody said, as a list shows them: in serif, not too long."""
    return format_html(
        '<span class="said">{}</span>', Truncator(text).chars(characters)
    )


def chip(kind: str, value: str, label: str) -> str:
    """Return a state as icon and word; `kind` is verdict, stance, source or passage."""
    return format_html(
        '<span class="chip {0}-{1}"><svg class="icon" aria-hidden="true">'
        '<use href="{3}#{0}-{1}"></use></svg>{2}</span>',
        kind,
        value,
        label,
        static("icons.svg"),
    )
