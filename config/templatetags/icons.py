"""An icon beside words, never without them: {% icon "attention" %}."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
# Long lists have an icon or more in each row, and there are few of them.
@lru_cache(maxsize=200)
def icon(name: str) -> SafeString:
    """Draw the one of that id in static/icons.svg; nothing is read out for it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )
