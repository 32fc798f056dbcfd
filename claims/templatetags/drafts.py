"""What a form needs so that nothing typed into it is lost: {% draft "review" %}."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import template
from django.urls import reverse

from claims.desk import keeping

if TYPE_CHECKING:
    from claims.models import Claim, Draft

register = template.Library()


@register.inclusion_tag("claims/desk/_draft.html", takes_context=True)
def draft(context: dict[str, Any], form: str) -> dict[str, Any]:
    """Keep what is typed into the form around this, under that name."""
    request, claim = context["request"], context.get("claim")
    kept: Draft | None = context.get("drafts", {}).get(form)
    return {
        "form": form,
        "claim": claim,
        "person": request.user.pk,
        "page": _page(request),
        "kept": kept,
        "offered": form in context.get("offered", ()),
        "earlier": keeping.shown(form, kept.earlier) if kept else [],
        "address": _address(claim),
    }


@register.simple_tag(takes_context=True)
def typed(context: dict[str, Any], form: str, field: str) -> str:
    """Return what this person typed into a field before and did not submit."""
    kept: Draft | None = context.get("drafts", {}).get(form)
    return kept.fields.get(field, "") if kept else ""


@register.simple_tag(takes_context=True)
def drafts_taken(context: dict[str, Any]) -> str:
    """Return, once, whose texts arrived since the last page: the browser forgets them."""
    return json.dumps(keeping.taken_since(context["request"]))


def _page(request: Any) -> str:
    """Return the name of this page: two windows of one person are told apart by it."""
    if not hasattr(request, "draft_page"):
        request.draft_page = uuid4().hex
    name: str = request.draft_page
    return name


def _address(claim: Claim | None) -> str:
    return reverse("desk:draft", args=[claim.pk]) if claim else reverse("desk:drafts")
