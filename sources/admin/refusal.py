"""What an operation refuses, told on the form that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sources.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class Refused(Exception):
    """
    An operation refused what a form asked for, and everything was rolled back.

    The page is shown again, with the reason on the form of that `prefix`.
    """

    def __init__(self, prefix: str | None, error: ValidationError) -> None:
        super().__init__(str(error))
        self.prefix = prefix
        self.error = error


@contextmanager
def told_on(
    form: forms.BaseForm, *, refusals: tuple[type[Exception], ...] = (SourceError,)
) -> Iterator[None]:
    """Turn what is refused inside into Refused for this form."""
    try:
        yield
    except ValidationError as exc:
        raise Refused(form.prefix, exc) from exc
    except IntegrityError as exc:
        raise Refused(form.prefix, broken_rule(exc)) from exc
    except refusals as exc:
        raise Refused(form.prefix, ValidationError(str(exc))) from exc


def broken_rule(exc: IntegrityError) -> ValidationError:
    """Return the rule of the database that was broken, in the words of its name."""
    cause = getattr(exc.__cause__, "diag", None)
    rule = getattr(cause, "constraint_name", None) or _("a rule of the database")
    return ValidationError(
        _("This was not saved, for it breaks a rule: %(rule)s."),
        params={"rule": rule.replace("_", " ")},
        code="broken_rule",
    )


class TellingForm(_ModelForm):
    """A form that shows what was refused when it was sent a moment ago."""

    refused: Refused | None = None

    def clean(self) -> dict[str, Any]:
        """Put the refusal on the fields that it names, or on the whole form."""
        data = super().clean() or self.cleaned_data
        if self.refused is not None and self.refused.prefix == self.prefix:
            for name, messages in _by_field(self.refused.error).items():
                self.add_error(name if name in self.fields else None, messages)
        return data


def _by_field(error: ValidationError) -> dict[str, Any]:
    if hasattr(error, "error_dict"):
        return error.error_dict
    return {NON_FIELD_ERRORS: error}


def refused_in(request: HttpRequest) -> Refused | None:
    """Return what was refused earlier in this request."""
    found: Refused | None = getattr(request, "refused", None)
    return found
