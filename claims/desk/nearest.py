"""What is tracked already of what somebody is writing down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_POST

from claims.desk.doors import DeskRequest, at_desk
from claims.desk.likely import said_already

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@at_desk
def nearest(request: DeskRequest) -> HttpResponse:
    """
    Show the tracked claims nearest to the `statement` of a form; `but` is its own claim.

    A part of a page for a script that asks while one types; else a page of its own.
    Nothing is kept: a form sends it by POST for its length alone.
    """
    text = request.POST.get("statement", "")
    found = said_already(text, but=_key(request.GET.get("but", "")))
    template = "_nearest.html" if request.htmx else "nearest.html"
    return render(
        request, f"claims/desk/{template}", {"found": found, "text": text.strip()}
    )


def _key(named: str) -> UUID | None:
    try:
        return UUID(named)
    except ValueError:
        return None
