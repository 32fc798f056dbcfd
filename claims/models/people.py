"""What people of the desk are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def called(person: AbstractUser) -> str:
    """Return the full name where a person has one, else the name they sign in with."""
    return person.get_full_name() or person.get_username()


def called_in_rows(person: str = "") -> Coalesce:
    """Return the same for a query; `person` is the way to them, such as "by"."""
    to = f"{person}__" if person else ""
    full = Trim(Concat(f"{to}first_name", Value(" "), f"{to}last_name"))
    return Coalesce(NullIf(full, Value("")), F(f"{to}username"))
