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
