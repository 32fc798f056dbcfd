"""Text that was typed and not submitted: kept, put back, and let go once it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from claims import drafting
from claims.access import may_contribute
from claims.desk.choice import chosen
from claims.desk.forms.claims import (
    AmendForm,
    AssessmentForm,
    CandidateForm,
    ChangeForm,
    CitationForm,
)
from claims.desk.forms.inbox import ArticleForm
from claims.desk.forms.reviews import (
    ArbitrationForm,
    CorrectionForm,
    ReasonForm,
    SecondForm,
)
from claims.errors import DraftRefused
from sources.plain import without_hidden

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest

    from claims.desk.doors import DeskRequest
    from claims.models import Claim

# By the name under which a text is kept; a name may go on with «:» and a key.
KINDS: dict[str, type[forms.Form]] = {
    "review": CorrectionForm,
    "second": SecondForm,
    "arbitration": ArbitrationForm,
    "change": ChangeForm,
    "assessment": AssessmentForm,
    "amend": AmendForm,
    "citation": CitationForm,
    "recite": CitationForm,
    "article": ArticleForm,
    "candidate": CandidateForm,
    "audit": SecondForm,
    **dict.fromkeys(
        (
            "return",
            "reaffirm",
            "abandon",
            "dismiss",
            "reset",
            "retract",
            "assign",
            "take_back",
        ),
        ReasonForm,
    ),
}
# What a form sends besides what a person typed.
STEERING = frozenset(
    {
        "csrfmiddlewaretoken",
        "do",
        "draft_claim",
        "draft_edition",
        "draft_form",
        "draft_instead",
        "draft_page",
        "form",
        "known",
        "draft_person",
        "sure",
    }
)
KEPT, TAKEN = "kept_texts", "taken_texts"
MOST_SET_ASIDE = 5


def is_known(form: str) -> bool:
    """Tell whether texts are kept under this name."""
    kind, _colon, key = form.partition(":")
    return kind in KINDS and len(form) <= 60 and (not key or _is_key(key))


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def page_of(form: str, *, claim: str = "") -> str:
    """Return the address of the page that a form stands on; nothing for no claim's."""
    kind, _colon, key = form.partition(":")
    if kind == "recite" and claim and _is_key(key):
        return reverse("desk:recite", args=[claim, key])
    if _is_key(key):
        return reverse(
            "desk:accept" if kind == "candidate" else "desk:amend", args=[key]
        )
    return reverse("desk:claim", args=[claim]) if claim else ""


def typed(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form as they were sent, without those that steer it."""
    return {
        key: str(value).replace("\r\n", "\n")
        for key, value in chosen(request.POST).items()
        if key not in STEERING
    }


def place(request: HttpRequest) -> drafting.Place | None:
    """Return from where a draft is sent, if the page says so."""
    page = request.POST.get("draft_page", "")
    edition = request.POST.get("draft_edition", "")
    if not page.isalnum() or len(page) > 40:
        return None
    return drafting.Place(
        page=page,
        edition=int(edition) if edition.isdecimal() and len(edition) < 10 else 0,
        instead="draft_instead" in request.POST,
    )


def shown(form: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was typed into a form with the names of its fields, for reading."""
    kind = KINDS.get(form.partition(":")[0])
    if kind is None:  # no form of ours: all that was typed, by the names it came with
        return [(name, text) for name, text in fields.items() if text]
    known: dict[str, Any] = kind.base_fields
    return [
        (str(known[name].label), _in_words(known[name], text))
        for name, text in fields.items()
        if text and name in known and not known[name].widget.is_hidden
    ]


def _in_words(field: forms.Field, text: str) -> str:
    return str(dict(getattr(field, "choices", ())).get(text, text))


# --- When it arrived ----------------------------------------------------------


def arrived(request: DeskRequest, claim: Claim | None, *, form: str) -> None:
    """Let go of the draft of a form that was taken in, here and in the browser."""
    where = place(request)
    drafting.forget(
        claim,
        form=form,
        by=request.user,
        page=where.page if where else "",
        fields=typed(request),
    )
    if where is not None:
        name = f"{claim.pk if claim else ''}:{form}:{where.page}"
        request.session[TAKEN] = [*request.session.get(TAKEN, []), name][-20:]


def taken_since(request: HttpRequest) -> list[str]:
    """Return, once, what arrived since this was asked last."""
    if not request.session.get(TAKEN):
        return []
    names: list[str] = request.session.pop(TAKEN)
    return names


# --- When the session had ended -----------------------------------------------


def set_aside(request: HttpRequest) -> str:
    """
    Keep what a stranger sent, in the session they get, for whoever typed it.

    Returns the claim that it was about, or nothing.
    """
    form, claim = (request.POST.get(f"draft_{name}", "") for name in ("form", "claim"))
    person, fields = request.POST.get("draft_person", ""), typed(request)
    if not is_known(form) or (claim and not _is_key(claim)):
        return ""
    size = sum(len(name) + len(text) for name, text in fields.items())
    if person and any(fields.values()) and size <= drafting.DRAFT_MAX_CHARACTERS:
        text = {"claim": claim, "form": form, "fields": fields, "person": person}
        before = request.session.get(KEPT, [])
        request.session[KEPT] = [*before, text][-MOST_SET_ASIDE:]
    return claim


def put_back(request: DeskRequest, claim: Claim | None, *, now: datetime) -> None:
    """Make drafts of what was set aside for this person and this claim."""
    aside = request.session.get(KEPT, [])
    mine = [text for text in aside if _is_for(text, request, claim)]
    if not mine or not may_contribute(request.user):
        return
    request.session[KEPT] = [text for text in aside if text not in mine]
    for text in mine:
        try:
            drafting.keep(
                claim,
                form=text["form"],
                # Nobody can send it again: kept without what no form would take.
                fields={
                    without_hidden(name): without_hidden(said)
                    for name, said in text["fields"].items()
                },
                by=request.user,
                at=now,
            )
        except DraftRefused as exc:
            messages.error(request, str(exc))
    messages.info(
        request,
        _(
            "You had been signed out. What you sent then is in the form again; it was not "
            "submitted."
        ),
    )


def _is_for(text: dict[str, Any], request: DeskRequest, claim: Claim | None) -> bool:
    # Whoever signs in next in this browser may be somebody else.
    return bool(
        text["person"] == str(request.user.pk)
        and text["claim"] == (str(claim.pk) if claim else "")
    )
