"""What was typed into the form of a candidate that is not there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from claims import drafting
from claims.desk.doors import DeskRequest
from claims.desk.keeping import put_back, shown, typed
from claims.errors import DraftRefused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

NOT_FOUND = 404


def what_was_typed(request: DeskRequest, candidate: UUID) -> HttpResponse:
    """
    Show what this person typed into the form of a candidate that went.

    It goes when its article is read once more. What is sent too late is kept, so that it
    is there whenever somebody comes back. Raises Http404 where nothing was typed.
    """
    form, now = f"candidate:{candidate}", timezone.now()
    put_back(request, None, now=now)
    fields = typed(request)
    if "statement" in fields:
        try:
            drafting.keep(None, form=form, fields=fields, by=request.user, at=now)
        except DraftRefused as exc:
            messages.error(request, str(exc))
    elif draft := drafting.kept(None, by=request.user).get(form):
        fields = draft.fields
    else:
        raise Http404
    return render(
        request,
        "claims/desk/gone.html",
        {"text": shown(form, fields)},
        status=NOT_FOUND,
    )
