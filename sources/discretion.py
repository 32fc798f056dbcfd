"""
What is not for everybody's eyes.

That somebody cites certain words, or a page at all, can tell what they have found.
Pages know nothing of who cites them, so the settings name who does:
SOURCES_PASSAGES_OPEN_TO and SOURCES_OPEN_TO.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from sources.models import Passage, Source

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from sources.models.passage import PassageQuerySet
    from sources.models.source import SourceQuerySet


def passages_open_to(user: AbstractBaseUser | AnonymousUser) -> PassageQuerySet:
    """Passages that this person may know of."""
    rule = import_string(settings.SOURCES_PASSAGES_OPEN_TO)
    return Passage.objects.filter(rule(user))


def sources_open_to(user: AbstractBaseUser | AnonymousUser) -> SourceQuerySet:
    """Sources that this person may know of."""
    rule = import_string(settings.SOURCES_OPEN_TO)
    return Source.objects.filter(rule(user))


def brought(source: Source, *, url: str, by: AbstractBaseUser, now: datetime) -> Source:
    """
    Return a source as the person who has just attached it may know of it.

    Where it is cited in secret, that is a new one. From now on it is known: this
    person has brought it as well.
    """
    if source.added_at == now or sources_open_to(by).filter(pk=source.pk).exists():
        return source
    _soon(source.pk, now)
    Source.objects.filter(pk=source.pk).update(added_at=now)
    return Source(
        pk=source.pk,
        url=url.strip(),
        canonical_url=source.canonical_url,
        host=source.host,
        state_since=now,
        due_at=now,
        added_at=now,
    )


def _soon(source: UUID, now: datetime) -> None:
    Source.objects.filter(pk=source, due_at__gt=now).update(due_at=now)
