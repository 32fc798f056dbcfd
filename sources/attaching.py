"""Address → source, words → passage: the same one for everybody who cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Least

from sources.canonical import canonical
from sources.errors import PassageRefused, SourceOvertaken
from sources.models import Passage, Source
from sources.models.passage import CONTEXT_MAX_CHARACTERS, EXACT_MAX_CHARACTERS
from sources.plain import plain
from sources.reaching import refuse_closed
from sources.saying import gettext_noop as _
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID


def attach(url: str, *, now: datetime, apart_for: UUID | None = None) -> Source:
    """
    Return the source at this address, new and due at once if nobody cited it before.

    What is the first to cite it, and has it kept apart, has a source of its own: who
    brings the same address is given another one, and cannot find out that it was known.

    Fifty callers with one address at one time get one source; an address that its
    page has left gets the one of the page. Raises AddressRefused, also for an address
    that would never be fetched.
    """
    spelled = canonical(url)
    refuse_closed(spelled)
    sources = Source.objects.select_related("same_as")
    if apart_for and (known := sources.known_to_all().filter(canonical_url=spelled)):
        return known[0].same_as or known[0]
    source, _ = sources.get_or_create(
        canonical_url=spelled,
        apart_for=apart_for,
        defaults={
            "url": url.strip(),
            "host": urlsplit(spelled).hostname or "",
            "state_since": now,
            "due_at": now,
            "added_at": now,
        },
    )
    return source.same_as or source


def watch(
    source: Source,
    *,
    exact: str,
    now: datetime,
    prefix: str = "",
    suffix: str = "",
    apart_for: UUID | None = None,
) -> Passage:
    """
    Return the passage for these words on this source, new if nobody watched them.

    What they are watched apart for has a passage of its own: who watches the same words
    is given another one, and so cannot find out that they were guessed right.

    A new one makes the source due, so that a worker looks for it soon. Context
    longer than is kept is cut on the far side. Raises PassageRefused.
    """
    source = _page_of(source)
    words = _checked(exact)
    place: dict[str, Any] = {
        "exact": words,
        "apart_for": apart_for,
        "prefix": _plain(prefix)[-CONTEXT_MAX_CHARACTERS:],
        "suffix": _plain(suffix)[:CONTEXT_MAX_CHARACTERS],
    }
    if known := source.passages.filter(**place).first():
        return known
    try:
        with transaction.atomic():
            passage = source.passages.create(**place, state_since=now, added_at=now)
            Source.objects.filter(pk=source.pk, due_at__gt=now).update(due_at=now)
    except IntegrityError:
        # Somebody else began to watch the same words between the two statements.
        return source.passages.get(**place)
    return passage


@transaction.atomic
def describe(source: Source, *, version: int, **fields: Any) -> Source:
    """
    Write down what a person knows better than the page says.

    `version` is the one that was read. Raises SourceOvertaken, ValidationError.
    """
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    if fresh.version != version:
        raise SourceOvertaken(
            _(
                "Somebody saved this after you opened it (version %(theirs)s, yours is "
                "%(yours)s). Nothing of yours was saved yet."
            ),
            facts={"theirs": fresh.version, "yours": version},
            current=fresh.version,
        )
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save(update_fields=list(fields))
    # The database counts the version, so that no road past this one goes uncounted.
    fresh.refresh_from_db()
    return fresh


def refresh(source: Source, *, now: datetime) -> Source:
    """
    Have a worker look at a source soon, also one that was given up.

    Where an archive was looked through for it in vain, that begins anew as well.
    """
    page = Source.objects.filter(pk=_page_of(source).pk)
    page.update(due_at=now, parked_at=None, attempts=0)
    page.sought_in_vain().update(archive_due_at=now, archive_failures=0)
    tell_after_commit(f"source:{_page_of(source).pk}")
    source.refresh_from_db()
    return source


def watch_closely(sources: Iterable[Source], *, until: datetime, at: datetime) -> int:
    """
    Have these pages looked at more often until then, since much rests on them.

    Returns how many were not watched so closely before. A look under way may put one
    off again; the next call mends that.
    """
    soon = at + settings.SOURCES_CLOSE_INTERVAL
    pages = {source.same_as_id or source.pk for source in sources}
    loose = Q(closely_until=None) | Q(closely_until__lt=at)
    rows = Source.objects.filter(pk__in=pages)
    tightened = rows.filter(loose | Q(due_at__gt=soon)).update(
        due_at=Least("due_at", Value(soon)), closely_until=until
    )
    rows.filter(closely_until__lt=until).update(closely_until=until)
    return tightened


def _page_of(source: Source) -> Source:
    """Return the source that is looked at; the caller's copy may be an hour old."""
    fresh = Source.objects.select_related("same_as").get(pk=source.pk)
    return fresh.same_as or fresh


def _checked(exact: str) -> str:
    words = _plain(exact).strip()
    if not words:
        raise PassageRefused(_("Give the words to be watched: the quotation is empty."))
    if len(words) > EXACT_MAX_CHARACTERS:
        raise PassageRefused(
            _(
                "The quotation is %(number)s characters long; watch at most %(most)s of "
                "them."
            ),
            facts={"number": len(words), "most": EXACT_MAX_CHARACTERS},
        )
    return words


def _plain(text: str) -> str:
    try:
        plain(text)
    except ValidationError as exc:
        raise PassageRefused(exc.messages[0]) from exc
    return text
