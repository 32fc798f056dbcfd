"""What the operations on claims refuse, told where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError
from django.utils.html import format_html

from claims.errors import ClaimError
from sources.admin.naming import link_to
from sources.admin.refusal import broken_rule
from sources.admin.refusal import told_on as told_on_sources
from sources.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from django import forms
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


def told_on(form: forms.BaseForm) -> AbstractContextManager[None]:
    """Turn what is refused inside into Refused for this form."""
    return told_on_sources(form, refusals=(ClaimError, SourceError))


def each(
    request: HttpRequest,
    rows: Iterable[Model],
    act: Callable[[Any], object],
    *,
    done: str | _StrPromise,
) -> None:
    """
    Do one thing to many rows, and say what became of them.

    `done` is a sentence with the number in it, as ngettext_lazy takes one by `n`. A
    refusal concerns its own row only.
    """
    acted = 0
    for row in rows:
        try:
            act(row)
        except (ClaimError, SourceError) as exc:
            _say_why(request, row, str(exc))
        except IntegrityError as exc:
            _say_why(request, row, " ".join(broken_rule(exc).messages))
        else:
            acted += 1
    if acted:
        messages.success(request, str(done % {"n": acted}))


def _say_why(request: HttpRequest, row: Model, why: str) -> None:
    messages.warning(request, format_html("{}: {}", link_to(row), why))
