"""Form fields of the panel: what people choose from, and lists with one entry a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import URLField
from django.utils.translation import gettext as _

from sources.admin.naming import named
from sources.plain import plain

if TYPE_CHECKING:
    from django.db.models import Model

LONG_CHARACTERS = 300  # what is longer gets more than one line


if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField


class NamedChoiceField(_ModelChoiceField):
    """A choice between rows by the name people give them, without their key."""

    def label_from_instance(self, obj: Model) -> str:
        return named(obj)


class SteadyAutocomplete(AutocompleteSelect):
    """Django's drop-down that searches, shown also where something sent is no key."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        try:
            return super().optgroups(name, value, attr)
        except (ValidationError, ValueError):
            return super().optgroups(name, [], attr)


class LinesField(forms.CharField):
    """A list with one entry a line; empty lines count for nothing."""

    widget = forms.Textarea

    def __init__(self, *, entry: forms.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.entry = entry

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        entries, problems = [], []
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            try:
                entries.append(self.entry.clean(line))
            except ValidationError as exc:
                problems += [
                    _("Line %(number)d: %(message)s")
                    % {"number": number, "message": message}
                    for message in exc.messages
                ]
        if problems:
            raise ValidationError(problems)
        return entries

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or []) != self.clean(data))
        except ValidationError:
            return True


def lines_of(column: ArrayField[Any, Any]) -> LinesField:
    """Return the form field for a column that holds a list of texts."""
    entry: Any = column.base_field
    options = {"assume_scheme": "https"} if isinstance(entry, URLField) else {}
    return LinesField(
        entry=entry.formfield(**options),
        required=False,
        label=str(column.verbose_name).capitalize(),
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField lines"}),
    )


def roomy_and_plain(field: forms.Field | None) -> forms.Field | None:
    """Give a text field the rule of what text may hold, and room for long ones."""
    if not isinstance(field, forms.CharField):
        return field
    if plain not in field.validators:
        field.validators.append(plain)
    long = (field.max_length or 0) > LONG_CHARACTERS
    if long and not isinstance(field, forms.URLField):
        field.widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    return field
