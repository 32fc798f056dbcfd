"""Forms that know which version they were opened at, and say when they were overtaken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Manager, Model
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.admin.naming import named
from sources.admin.refusal import TellingForm
from sources.wording import moment

if TYPE_CHECKING:
    from datetime import datetime

OPENED = "opened_version"


_MEANWHILE = gettext_lazy(
    "Somebody saved this after you opened it (version %(now)s, yours was %(opened)s). "
    "Nothing was saved; what you typed is still here. Compare, change what you like, and "
    "save once more to put it in place."
)
_BY_SOMEBODY = gettext_lazy(
    "Somebody saved this on %(when)s, after you opened it (version %(now)s, yours was "
    "%(opened)s). Nothing was saved; what you typed is still here. Compare, change what "
    "you like, and save once more to put it in place."
)
_BY_WHOM = gettext_lazy(
    "%(who)s saved this on %(when)s, after you opened it (version %(now)s, yours was "
    "%(opened)s). Nothing was saved; what you typed is still here. Compare, change what "
    "you like, and save once more to put it in place."
)


class VersionedForm(TellingForm):
    """
    A form for a row that has a version.

    Saved over somebody else's change it is refused: each field that differs shows both
    values, and keeps what was typed. Fields that this person left alone take the other's
    value. Sent once more, it is saved.
    """

    opened_version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_record = not self.instance._state.adding  # noqa: SLF001 — Django's own flag for it
        if self.on_record:
            self.initial[OPENED] = self.instance.version
        # What this person changed, measured against what they were shown.
        self.touched: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Compare with what stands now, if it is not what was shown."""
        data = super().clean()
        opened = data.get(OPENED)
        self.touched = [name for name in self.changed_data if name != OPENED]
        if not self.on_record:
            return data
        if opened is None:
            self.add_error(
                None, _("The form does not say which version it shows. Open it again.")
            )
        elif opened != self.instance.version:
            self._compare(opened)
        return data

    def _compare(self, opened: int) -> None:
        shown = _as_opened(self.instance, opened)
        ours = [n for n in self.touched if self._differs(n, shown)]
        adopted = [n for n in self.touched if n not in ours]
        for name in (*adopted, OPENED):
            _show_what_stands(self.fields[name])
        self.touched = ours
        if not ours:
            return
        for name in ours:
            self.add_error(name, self._both(name))
        self.add_error(None, self._by_whom(opened))
        for name in adopted:
            self.add_error(None, self._taken_over(name))

    def _differs(self, name: str, shown: Model | None) -> bool:
        """Tell whether this person changed a field from what they were shown."""
        attname = self.instance._meta.get_field(name).attname
        if name not in self.cleaned_data or not hasattr(shown, attname):
            return True
        typed = self.cleaned_data[name]
        return bool(getattr(typed, "pk", typed) != getattr(shown, attname))

    def _both(self, name: str) -> ValidationError:
        typed = self.cleaned_data.get(name)
        return ValidationError(
            format_html(
                '<span class="overtaken"><b>{}</b> <q>{}</q> <b>{}</b> <q>{}</q></span>',
                _("Yours"),
                _in_words(self.instance, name, typed),
                _("Theirs"),
                _in_words(self.instance, name, getattr(self.instance, name)),
            ),
            code="overtaken",
        )

    def _taken_over(self, name: str) -> ValidationError:
        return ValidationError(
            format_html(
                "{} <q>{}</q>",
                _("You left «%(field)s» alone, so it shows theirs now:")
                % {"field": self.fields[name].label or name},
                _in_words(self.instance, name, getattr(self.instance, name)),
            ),
            code="overtaken",
        )

    def _by_whom(self, opened: int) -> ValidationError:
        versions = {"now": self.instance.version, "opened": opened}
        last = _last_change(self.instance)
        if last is None:
            return ValidationError(_MEANWHILE, params=versions, code="overtaken")
        return ValidationError(
            _BY_SOMEBODY if last.who is None else _BY_WHOM,
            params={"who": last.who, "when": moment(last.at), **versions},
            code="overtaken",
        )


def _show_what_stands(field: forms.Field) -> None:
    # A bound form shows what was sent; this field is to show the row instead.
    field.bound_data = lambda data, initial: initial  # type: ignore[method-assign]


def _history(row: Model) -> Manager[Any] | None:
    return getattr(row, "events", None)


def _as_opened(row: Model, version: int) -> Model | None:
    """Return the row as the history has it at that version; None if it does not."""
    history = _history(row)
    if history is None or not hasattr(history.model, "version"):
        return None
    found: Model | None = (
        history.filter(version=version).order_by("-pgh_created_at", "-pgh_id").first()
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """The newest change of a row."""

    who: User | None  # None where nobody was signed in
    at: datetime


def _last_change(row: Model) -> _Last | None:
    history = _history(row)
    last = (
        history
        and (
            history.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")
        ).first()
    )
    if not last:
        return None
    metadata = last.pgh_context.metadata if last.pgh_context else {}
    person = User.objects.filter(pk=metadata.get("user") or 0).first()
    return _Last(who=person, at=last.pgh_created_at)


def _in_words(row: Model, name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, Model):
        return named(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if choices := dict(getattr(row._meta.get_field(name), "flatchoices", ())):
        return str(choices.get(value, value))
    if hasattr(value, "hour"):
        return moment(value)
    return str(value)
