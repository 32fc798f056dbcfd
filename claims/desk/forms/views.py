"""Keeping the filters of the queue under a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.forms.fields import Words
from claims.models.view import (
    FILTER_MAX_CHARACTERS,
    FILTERS,
    VIEW_NAME_MAX_CHARACTERS,
)


class NameForm(forms.Form):
    """The name of a view, and whom it is for."""

    name = Words(label=_("Name"), max_length=VIEW_NAME_MAX_CHARACTERS)
    shared = forms.BooleanField(label=_("For the whole desk"), required=False)

    def clean_name(self) -> str:
        """Return the name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class SaveForm(NameForm):
    """A view that is not saved yet: its name, and the filters as they are."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in FILTERS:
            # What is chosen there is looked at whenever the view is opened.
            self.fields[name] = Words(
                max_length=FILTER_MAX_CHARACTERS,
                required=False,
                widget=forms.HiddenInput,
            )

    @property
    def filters(self) -> dict[str, str]:
        """What the view keeps: the fields that were chosen."""
        return {
            name: self.cleaned_data[name] for name in FILTERS if self.cleaned_data[name]
        }
