"""Reading an article into candidates: by the plugged-in model, or by the rules here."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims import extraction
from claims.access import Role, require
from claims.endpoint import reading as plugged_in
from claims.endpoint.terms import Terms, Use, terms_for
from claims.errors import AlreadyDecided, ArticleRefused, NoAnswer
from claims.learned import extraction_weights
from claims.models import Article, Candidate, Claimant, Comparison
from claims.vocabulary import CandidateState, Reader
from sources import attaching
from sources.clock import shared_now
from sources.wire import tell, tell_after_commit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
# Whoever says nothing for so long is dead, and another worker may begin.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of reading an article, and by whom."""

    candidates: Sequence[extraction.Candidate]
    reader: Reader = Reader.BUILT_IN
    model: str = ""  # the one that was asked, whether it answered or not
    why_not: str = ""  # why the rules did it in its place
    thrown_away: int = 0


def begin_reading(article: Article, *, now: datetime) -> bool:
    """
    Count an attempt to read an article; False where it is none of ours to read.

    Somebody else may be at it, or there were enough attempts: a text that kills its
    worker leaves no error behind, so the count is what stops it from being tried for
    ever, and the problem is what the desk shows.
    """
    free = Q(reading_until=None) | Q(reading_until__lte=now)
    unread = Article.objects.filter(free, pk=article.pk, read_at=None, problem="")
    if unread.filter(attempts__lt=MAX_ATTEMPTS).update(
        attempts=F("attempts") + 1, reading_until=now + SILENCE
    ):
        return True
    given_up = unread.filter(attempts__gte=MAX_ATTEMPTS).update(
        # In English, and worded where it is read: no worker knows by whom.
        problem=gettext_noop(
            "Reading broke off several times. Try a part of the article."
        )
    )
    if given_up:
        logger.error("article was given up", extra={"article": str(article.pk)})
        tell([f"article:{article.pk}", "inbox"])
    return False


def propose(article: Article, *, at: datetime) -> list[Candidate]:
    """
    Read an article and keep what it proposes; one that was read stays as it is.

    A plugged-in model is waited for, so call it outside of transactions. Raises
    ArticleRefused.
    """
    article = Article.objects.get(pk=article.pk)
    if article.read_at is None:
        _keep(article, _read(article, now=at), at=at)
    return list(article.candidates.in_reading_order())


@transaction.atomic
def refuse(article: Article, *, problem: str) -> None:
    """Keep why an article cannot be read; the desk shows it."""
    Article.objects.filter(pk=article.pk, read_at=None).update(
        problem=problem[:500], reading_until=None
    )
    tell_after_commit(f"article:{article.pk}", "inbox", "queue")


@transaction.atomic
def read_again(article: Article, *, by: User) -> Article:
    """
    Have an article read once more, as long as nobody has decided what it proposed.

    What was proposed goes. A worker reads it, once it is told to; where its page could
    not be fetched, that is tried again. Raises AlreadyDecided.
    """
    require(by, Role.REVIEWER)
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if article.candidates.exclude(state=CandidateState.PROPOSED).exists():
        raise AlreadyDecided(
            _("Something was decided about its candidates, so they stay as they are.")
        )
    article.candidates.all().delete()
    Article.objects.filter(pk=article.pk).update(
        read_at=None,
        reading_until=None,
        attempts=0,
        problem="",
        reader=Reader.BUILT_IN,
        model="",
        why_not="",
        thrown_away=0,
        parts=0,
        parts_read=0,
    )
    article.refresh_from_db()
    if article.waits_for_page and article.source is not None:
        attaching.refresh(article.source, now=shared_now())
    tell_after_commit(f"article:{article.pk}", "inbox", "queue")
    return article


def _read(article: Article, *, now: datetime) -> Read:
    terms = terms_for(Use.EXTRACTION)
    if terms is None:
        return Read(candidates=_by_rules(article))
    try:
        found = plugged_in.read(
            article.text,
            terms=terms,
            now=now,
            published_on=article.published_on,
            told=partial(_progress, article, terms),
        )
    except NoAnswer as exc:
        return Read(
            candidates=_by_rules(article), model=terms.model, why_not=str(exc.why)
        )
    return Read(
        candidates=found.candidates,
        reader=Reader.ENDPOINT,
        model=terms.model,
        thrown_away=found.thrown_away,
    )


def _by_rules(article: Article) -> Sequence[extraction.Candidate]:
    try:
        return extraction.read_article(
            article.text,
            published_on=article.published_on,
            weights=extraction_weights(),
            known=_aliases_in(article.text),
        )
    except extraction.ArticleTooLong as exc:
        raise ArticleRefused(str(exc)) from exc


def _aliases_in(text: str) -> dict[str, str]:
    """Return the names of claimants by those aliases that a text mentions."""
    folded = text.casefold()
    names: dict[str, set[str]] = {}
    known = Claimant.objects.exclude(aliases=[]).values_list("name", "aliases")
    for name, aliases in known.iterator():
        for alias in aliases:
            bare = alias.casefold().removeprefix("the ")
            if bare in folded:
                names.setdefault(bare, set()).add(name)
    # An alias of two claimants names neither.
    return {alias: found.pop() for alias, found in names.items() if len(found) == 1}


def _progress(article: Article, terms: Terms, done: int, of: int) -> None:
    """Say how far the model has come, and that this worker is alive."""
    # Twice: a server that knows no formats is asked again.
    until = shared_now() + SILENCE + timedelta(seconds=2 * terms.seconds)
    Article.objects.filter(pk=article.pk).update(
        parts_read=done, parts=of, reading_until=until
    )
    tell([f"article:{article.pk}"])


@transaction.atomic
def _keep(article: Article, found: Read, *, at: datetime) -> None:
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    if article.read_at is not None:
        return  # another worker was quicker
    Candidate.objects.bulk_create(
        _row(article, single) for each in found.candidates for single in each.apart()
    )
    # What they contradict is worked out by a worker, whom the row waits for.
    Comparison.objects.get_or_create(article=article)
    article.read_at, article.reading_until = at, None
    article.reader, article.model = found.reader, found.model
    article.why_not, article.thrown_away = found.why_not, found.thrown_away
    article.save(
        update_fields=[
            *("read_at", "reading_until", "reader", "model", "why_not", "thrown_away")
        ]
    )
    tell_after_commit(f"article:{article.pk}", "inbox", "queue")


def _row(article: Article, found: extraction.Candidate) -> Candidate:
    mention = found.source
    return Candidate(
        article=article,
        text=found.text,
        start=found.start,
        end=found.end,
        pieces=[[piece.start, piece.end] for piece in found.pieces],
        form=found.form.value,
        cue=found.cue.text[:200],
        mention=mention.text[:500],
        mention_start=mention.start,
        mention_end=mention.end,
        claimant_name=found.speaker.name[:200],
        claimant_kind=found.speaker.kind.value,
        role=found.speaker.role[:300],
        affiliation=found.speaker.affiliation[:200],
        when=found.said.text[:100] if found.said else "",
        said_on=found.said_on,
    )
