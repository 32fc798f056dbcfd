"""Whether the workers answer, on every page of the desk: {% workers %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from claims.desk.workers import crew

register = template.Library()


@register.inclusion_tag("claims/desk/_workers.html")
def workers() -> dict[str, Any]:
    """Show a notice where they do not."""
    return {"crew": crew(now=timezone.now())}  # noqa: TID251  # one reading a page, at its edge
