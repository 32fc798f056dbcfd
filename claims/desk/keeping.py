"""Text that was sent after a session had ended: kept, and put back after signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages

from claims import drafting
from claims.access import may_review
from claims.errors import DraftRefused

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from claims.desk.doors import DeskRequest
    from claims.models import Claim

KEPT = "kept_text"
# Which form of the workspace is sent where.
FORM_OF = {"review": "review", "second": "second", "arbitrate": "arbitration"}
MAX_CHARACTERS = drafting.DRAFT_MAX_CHARACTERS


STEERING = {"csrfmiddlewaretoken", "form", "do", "sure"}


def typed(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form as they were sent, without those that steer it."""
    return {
        key: str(value).replace("\r\n", "\n")
        for key, value in request.POST.items()
        if key not in STEERING
    }


def set_aside(request: HttpRequest, *, claim: str, address: str) -> None:
    """Keep what a stranger sent to a form of a claim, in the session they get."""
    form = request.POST.get("form") if address == "draft" else FORM_OF.get(address)
    fields = typed(request)
    if (
        form in FORM_OF.values()
        and fields
        and sum(map(len, fields.values())) <= MAX_CHARACTERS
    ):
        request.session[KEPT] = {"claim": claim, "form": form, "fields": fields}


def put_back(request: DeskRequest, claim: Claim, *, now: datetime) -> None:
    """Make a draft of what was set aside for this claim."""
    kept = request.session.get(KEPT)
    if not kept or kept["claim"] != str(claim.pk) or not may_review(request.user):
        return
    del request.session[KEPT]
    try:
        drafting.keep(
            claim, form=kept["form"], fields=kept["fields"], by=request.user, at=now
        )
    except DraftRefused as exc:
        messages.error(request, str(exc))
        return
    messages.info(
        request,
        "You had been signed out. What you sent then is in the form again; it was not "
        "submitted.",
    )
