"""Addresses of pages elsewhere, as links may lead there."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def of_the_web(address: str) -> str:
    """Return the address if it is one of the web, and nothing where a click would run it."""
    return address if address.lower().startswith(("https://", "http://")) else ""
