"""Forms that know what they showed when they were opened, and say when they were overtaken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Manager, Model, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.admin.naming import named
from sources.admin.refusal import TellingForm
from sources.wording import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

OPENED, SHOWN = "opened_version", "opened_as"


_MEANWHILE = gettext_lazy(
    "Somebody saved this after you opened it. Nothing was saved; what you typed is still "
    "here. Compare, change what you like, and save once more to put it in place."
)
_BY_SOMEBODY = gettext_lazy(
    "Somebody saved this on %(when)s, after you opened it. Nothing was saved; what you "
    "typed is still here. Compare, change what you like, and save once more to put it in "
    "place."
)
_BY_WHOM = gettext_lazy(
    "%(who)s saved this on %(when)s, after you opened it. Nothing was saved; what you "
    "typed is still here. Compare, change what you like, and save once more to put it in "
    "place."
)


class ComparingForm(TellingForm):
    """
    A form that is told, when it is sent, what it showed when it was opened.

    Saved over somebody else's change it is refused: each field that both changed shows
    what stood there, theirs and yours, and keeps what was typed. Fields that this person
    left alone take the other's value. Sent once more, it is saved.
    """

    opened = ""  # the hidden field that says what was shown

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_record = not self.instance._state.adding  # noqa: SLF001 — Django's own flag for it
        if self.on_record:
            self.initial[self.opened] = self.standing()
        # What this person changed, measured against what they were shown.
        self.touched: list[str] = []

    def standing(self) -> Any:
        """Return what the form says that it shows."""
        raise NotImplementedError

    def shown(self, opened: Any) -> Mapping[str, Any] | None:
        """
        Return the values that were shown, as far as they are known.

        None where they stand still. Raises BadSignature for what was never shown here.
        """
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Compare with what stands now, if it is not what was shown."""
        data = super().clean()
        self.touched = [name for name in self.changed_data if name != self.opened]
        if not self.on_record:
            return data
        try:
            base = self.shown(data.get(self.opened))
        except signing.BadSignature:
            self.add_error(
                None, _("The form does not say which version it shows. Open it again.")
            )
        else:
            if base is not None:
                self._compare(base)
        return data

    def _compare(self, base: Mapping[str, Any]) -> None:
        ours = [name for name in self.touched if self._differs(name, base)]
        adopted = [name for name in self.touched if name not in ours]
        for name in (*adopted, self.opened):
            _show_what_stands(self.fields[name])
        self.touched = ours
        if not ours:
            return
        for name in ours:
            self.add_error(name, self._beside(name, base))
        self.add_error(None, self._by_whom())
        for name in adopted:
            self.add_error(None, self._taken_over(name))

    def _differs(self, name: str, base: Mapping[str, Any]) -> bool:
        """Tell whether this person changed a field from what they were shown."""
        if name not in self.cleaned_data or name not in base:
            return True
        return bool(_plain(self.cleaned_data[name]) != base[name])

    def _beside(self, name: str, base: Mapping[str, Any]) -> ValidationError:
        sides = {_("As it was"): base[name]} if name in base else {}
        sides[_("Theirs")] = self.initial.get(name)
        sides[_("Yours")] = self.cleaned_data.get(name)
        return ValidationError(
            format_html(
                '<span class="overtaken">{}</span>',
                format_html_join(
                    " ",
                    "<b>{}</b> <q>{}</q>",
                    ((who, self._in_words(name, text)) for who, text in sides.items()),
                ),
            ),
            code="overtaken",
        )

    def _taken_over(self, name: str) -> ValidationError:
        return ValidationError(
            format_html(
                "{} <q>{}</q>",
                _("You left «%(field)s» alone, so it shows theirs now:")
                % {"field": self.fields[name].label or name},
                self._in_words(name, self.initial.get(name)),
            ),
            code="overtaken",
        )

    def _by_whom(self) -> ValidationError:
        last = _last_change(self.instance)
        if last is None:
            return ValidationError(_MEANWHILE, code="overtaken")
        return ValidationError(
            _BY_SOMEBODY if last.who is None else _BY_WHOM,
            params={"who": last.who, "when": moment(last.at)},
            code="overtaken",
        )

    def _in_words(self, name: str, value: Any) -> str:
        field, plain = self.fields[name], _plain(value)
        if plain in (None, "", []):
            return _("nothing")
        if isinstance(field, forms.ModelChoiceField):
            keys = plain if isinstance(plain, list) else [plain]
            rows = (
                field.queryset.filter(pk__in=keys) if field.queryset is not None else ()
            )
            return ", ".join(map(named, rows))
        if isinstance(plain, bool):
            return _("yes") if plain else _("no")
        if isinstance(plain, list):
            return ", ".join(map(str, plain))
        if choices := dict(getattr(field, "choices", ())):
            return str(choices.get(plain, plain))
        return moment(plain) if hasattr(plain, "hour") else str(plain)


class VersionedForm(ComparingForm):
    """Such a form for a row that has a version, and a history that knows each of them."""

    opened = OPENED
    opened_version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def standing(self) -> int:
        version: int = self.instance.version
        return version

    def shown(self, opened: int | None) -> dict[str, Any] | None:
        if opened is None:
            raise signing.BadSignature
        if opened == self.instance.version:
            return None
        then = _as_opened(self.instance, opened)
        columns = {
            name: self.instance._meta.get_field(name).attname for name in self.touched
        }
        return {
            name: getattr(then, column)
            for name, column in columns.items()
            if hasattr(then, column)
        }


class SignedForm(ComparingForm):
    """Such a form for a row that counts no versions: it carries what it showed, signed."""

    opened = SHOWN
    opened_as = forms.CharField(required=False, widget=forms.HiddenInput)

    def standing(self) -> str:
        return signing.dumps(self._values(), salt=self._salt())

    def shown(self, opened: str) -> dict[str, Any] | None:
        base: dict[str, Any] = signing.loads(opened, salt=self._salt())
        return None if base == self._values() else base

    def _salt(self) -> str:
        return f"{self.instance._meta.label}:{self.instance.pk}"

    def _values(self) -> dict[str, Any]:
        return {
            name: _plain(self.initial[name])
            for name, field in self.fields.items()
            if name in self.initial and name != self.opened and not field.disabled
        }


def _plain(value: Any) -> Any:
    """Return a value of a form as its column has it; of other rows, their keys."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, (list, QuerySet)):
        keys = [_plain(each) for each in value]
        return sorted(keys) if keys != list(value) else keys
    return value


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
    if history is None:
        return _last_in_panel(row)
    last = (
        history.select_related("pgh_context")
        .order_by("-pgh_created_at", "-pgh_id")
        .first()
    )
    if last is None:
        return None
    metadata = last.pgh_context.metadata if last.pgh_context else {}
    person = User.objects.filter(pk=metadata.get("user") or 0).first()
    return _Last(who=person, at=last.pgh_created_at)


def _last_in_panel(row: Model) -> _Last | None:
    kind = get_content_type_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    return _Last(who=last.user, at=last.action_time) if last is not None else None
