"""Which keys a person wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.desk import keys

if TYPE_CHECKING:
    from claims.desk.keys import Key, Keyboard


class Character(forms.CharField):
    """One character that a keyboard writes by itself, or nothing."""

    def __init__(self, key: Key) -> None:
        super().__init__(
            label=key.does,
            required=False,
            widget=forms.TextInput(
                attrs={
                    "class": "one-key",
                    "maxlength": 1,
                    "autocapitalize": "off",
                    "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        )

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.lower()

    def validate(self, value: str) -> None:
        """Refuse what no single key writes."""
        super().validate(value)
        if len(value) > 1 or not value.isprintable():
            raise ValidationError(
                _("Write one character: a letter, a digit or a sign, or nothing.")
            )


class KeysForm(forms.Form):
    """Each key of the table, and whether any of them works."""

    are_on = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "key_%s", **kwargs})
        self.fields.update({key.name: Character(key) for key in keys.KEYS})

    @classmethod
    def of(cls, keyboard: Keyboard) -> KeysForm:
        """Return the form as this person's keys are now."""
        return cls(initial={"are_on": keyboard.are_on, **keyboard.pressed})

    def clean(self) -> dict[str, Any]:
        pressed = {key.name: self.cleaned_data.get(key.name, "") for key in keys.KEYS}
        for first, *others in keys.shared(pressed):
            for other in others:
                self.add_error(
                    other.name,
                    _(
                        "“%(key)s” would stand for both “%(first)s” and “%(other)s”: "
                        "choose another for one of them, or leave it empty."
                    )
                    % {
                        "key": pressed[other.name],
                        "first": first.does,
                        "other": other.does,
                    },
                )
        return self.cleaned_data

    @property
    def heaps(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """The table as it is shown: each key beside its field."""
        return [
            (heap.title, [(key, self[key.name]) for key in heap.keys])
            for heap in keys.TABLE
        ]
