"""Keeping the filters of the queue under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.forms.fields import Words
from claims.desk.heaps import LABELS
from claims.desk.narrowing import DUE, UNPUBLISHED
from claims.models.view import (
    FILTER_MAX_CHARACTERS,
    FILTERS,
    VIEW_NAME_MAX_CHARACTERS,
)
from claims.vocabulary import Verdict

if TYPE_CHECKING:
    from claims.models import SavedView

LARGEST_VERSION = 2**31 - 1
VERDICTS = [("", _("Any")), *Verdict.choices, (UNPUBLISHED, _("None yet"))]


class NameForm(forms.Form):
    """The name of a view, and whom it is for."""

    name = Words(label=_("Name"), max_length=VIEW_NAME_MAX_CHARACTERS)
    shared = forms.BooleanField(label=_("For the whole desk"), required=False)

    def clean_name(self) -> str:
        """Return the name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class ViewForm(NameForm):
    """A view that is there: its name, what it narrows down to, and whom it is for."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=LARGEST_VERSION,
        required=False,
    )
    tab = forms.ChoiceField(
        label=_("Queue"),
        choices=[("", _("Mine")), *((tab.value, name) for tab, name in LABELS.items())],
        required=False,
    )
    q = Words(label=_("Words"), max_length=200, required=False)
    due = forms.ChoiceField(label=_("Due"), choices=DUE, required=False)
    verdict = forms.ChoiceField(
        label=_("Published verdict"), choices=VERDICTS, required=False
    )
    language = Words(label=_("Language"), max_length=35, required=False)
    topic = Words(label=_("Topic"), max_length=60, required=False)
    domain = Words(label=_("Cited site"), max_length=255, required=False)

    @classmethod
    def of(cls, view: SavedView, data: Any = None) -> ViewForm:
        """Return the form of this view, filled with what was sent, if anything was."""
        held = {
            "name": view.name,
            "shared": view.shared,
            "version": view.version,
            **view.filters,
        }
        return cls(data, initial=held, auto_id=f"view_{view.pk}_%s")

    @property
    def filters(self) -> dict[str, str] | None:
        """What the view keeps: the fields that were chosen; None where none was sent."""
        given = self.cleaned_data
        if not any(name in self.data for name in FILTERS):
            return None
        return {name: given[name] for name in FILTERS if given[name]}

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields that narrow the queue down."""
        return [self[name] for name in FILTERS]


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
