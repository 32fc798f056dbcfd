"""Rows that a page of the panel names, and does not link to where nobody lets one in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.utils.text import capfirst

from sources.admin.naming import named

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest

# AdminForm or InlineAdminFormSet, of which the stubs know names only, and no functions.
Shown = Any


def without_dead_links(
    shown: Shown, *, of: type[Model], site: AdminSite, request: HttpRequest
) -> None:
    """
    Have what may only be read print names where their pages answer this person 403.

    Django links each to its page without asking whether that would open.
    """
    names = {
        name: _by_name(field)
        for name in _only_read(shown)
        if (field := _link(of, name)) and _is_shut(field, site, request)
    }
    if not names:
        return
    shown.readonly_fields = [names.get(name, name) for name in shown.readonly_fields]
    shown.fieldsets = [
        (title, {**options, "fields": _swapped(options["fields"], names)})
        for title, options in shown.fieldsets
    ]


def _only_read(shown: Shown) -> Iterable[Any]:
    if getattr(shown, "has_change_permission", True):
        return list(shown.readonly_fields)
    return flatten_fieldsets(shown.fieldsets)


def _link(model: Any, name: Any) -> ForeignKey[Any] | None:
    try:
        field = model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError, TypeError):
        return None  # a column of the panel's own, worked out by a method
    return field if isinstance(field, ForeignKey) else None


def _is_shut(field: ForeignKey[Any], site: AdminSite, request: HttpRequest) -> bool:
    model: Any = field.related_model
    if not site.is_registered(model):
        return False  # Django makes no link either
    return not site.get_model_admin(model).has_view_permission(request)


def _by_name(field: ForeignKey[Any]) -> Callable[[Any], str | None]:
    def name(row: Any) -> str | None:
        found = getattr(row, field.name)
        return None if found is None else named(found)

    name.short_description = capfirst(field.verbose_name)  # type: ignore[attr-defined]
    name.__name__ = field.name  # part of the classes and ids that the page gives it
    return name


def _swapped(fields: Any, names: dict[str, Any]) -> list[Any]:
    return [
        _swapped(each, names)
        if isinstance(each, list | tuple)
        else names.get(each, each)
        for each in fields
    ]
