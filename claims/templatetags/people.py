"""What people are called in a template: {{ person|called }}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from claims.models import people

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

register = template.Library()


@register.filter
def called(person: AbstractUser | None) -> str:
    """Return the full name where a person has one; nothing for nobody."""
    return people.called(person) if person is not None else ""
