"""
From an answer to what it means for a source.

The steps go from cheap to dear and end at the first that answers: 304, the same
bytes, the same text, every block of the article still there. So far a glance goes;
what it cannot answer is read whole, by somebody with time for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sources import archiving
from sources.canonical import parse
from sources.checking import siblings, verdicts
from sources.checking.verdicts import Seen
from sources.errors import FetchError, UnsupportedMedia
from sources.models import Passage, Snapshot, Source
from sources.net import Fetched
from sources.obstacles import (
    Case,
    find_obstacle,
    impression,
    is_wall_by_marks,
    is_worth_a_probe,
)
from sources.quote import Finding, Folded, Standing, find, fold
from sources.readable import Page, contains, read, text_digest, visible
from sources.saying import Sentence
from sources.saying import gettext_noop as _
from sources.vocabulary import Outcome, PassageState

Probe: TypeAlias = siblings.Probe

_PERMANENT = {301, 308}
_ABSENT = {404, 410}
_MARKUP = {"", "text/html", "application/xhtml+xml", "text/plain"}
_SHORTEST_PAGE = 40  # characters; a page that shows less shows nothing
_FIRST = Sentence(_("The page was read for the first time."))
_SAME = Sentence(_("The page has not changed."))
_CHANGED = Sentence(_("The page has changed."))
_WALL = _(
    "The site asks visitors to prove that they are human (%(status)s). Readers may well "
    "see the page."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was known of the page."""

    passages: tuple[Passage, ...]
    snapshot: Snapshot | None  # that was seen last, without its body

    @property
    def article(self) -> list[str]:
        """The blocks of its article."""
        blocks = self.snapshot.metadata.get("article", []) if self.snapshot else []
        return [str(block) for block in blocks]

    @property
    def had_something(self) -> bool:
        """Whether there was anything on the page that could be missed."""
        return self.snapshot is not None and bool(self.article or self.passages)


def wants_a_whole_look(passages: Iterable[Passage]) -> bool:
    """Say whether words wait to be found, or to be missed a second time."""
    return any(
        passage.state == PassageState.UNVERIFIABLE
        or (passage.misses and passage.state != PassageState.MISSING)
        for passage in passages
    )


def glance(source: Source, answer: Fetched | FetchError) -> Seen | None:
    """
    Say what an answer means for this source; None where its page has to be read.

    Costs a few milliseconds at most, and nothing that takes long to import.
    """
    if isinstance(answer, FetchError):
        return verdicts.of_error(answer)
    if answer.status == 304 and source.body_sha256:
        return _unchanged(answer)
    if not 200 <= answer.status < 300:
        return _by_status(answer)
    passages = tuple(source.watched())
    if not source.body_sha256 or wants_a_whole_look(passages):
        return None
    return _as_before(source, answer, passages)


def judge(
    source: Source,
    answer: Fetched,
    probe: Probe,
    *,
    now: datetime,
) -> Seen:
    """
    Read a page and say what it means for this source, which may take a while.

    `probe` fetches another page of the site. It is asked once at most, and only
    where the page looks as if it were not the one that was cited.
    """
    if not 200 <= answer.status < 300:
        return _by_status(answer)
    try:
        page = _page_of(answer)
    except UnsupportedMedia as error:
        return verdicts.unsupported_kind(error, fetched=answer)
    before = Before(passages=tuple(source.watched()), snapshot=_last_seen(source))
    findings = _findings(before.passages, page)
    case = _case(source, answer, page, before, findings)
    if obstacle := _obstacle(case, source, answer, probe, now=now):
        return obstacle
    return _read(source, answer, page, before, findings, case)


def moved_to(source: Source, fetched: Fetched) -> str:
    """Return where the page now is for good; "" while it is where it was."""
    if not fetched.hops or any(hop.status not in _PERMANENT for hop in fetched.hops):
        return ""
    old, new = parse(source.canonical_url), parse(fetched.final_url)
    same = (
        old.host.removeprefix("www.") == new.host.removeprefix("www.")
        and old.path.rstrip("/") == new.path.rstrip("/")
        and old.query == new.query
    )
    return "" if same else fetched.final_url


def _by_status(fetched: Fetched) -> Seen:
    # Walls are built with 403, and also with 429, 503 and others.
    if fetched.status not in _ABSENT and is_wall_by_marks(fetched):
        return verdicts.blocked(
            Sentence(_WALL, {"status": str(fetched.status)}), fetched=fetched
        )
    return verdicts.of_status(fetched)


def _is_markup(fetched: Fetched) -> bool:
    """Say whether the page can be looked through without heavy machinery."""
    return not fetched.body.startswith(b"%PDF-") and fetched.media_type in _MARKUP


def _as_before(
    source: Source, fetched: Fetched, passages: tuple[Passage, ...]
) -> Seen | None:
    if archiving.digest(fetched.body) == source.body_sha256:
        return _unchanged(fetched)
    if not _is_markup(fetched):
        return None
    try:
        text = visible(
            fetched.body, media_type=fetched.media_type, charset=fetched.charset
        )
    except UnsupportedMedia:
        return None
    text_sha256 = text_digest(text)
    if text_sha256 == source.text_sha256:
        return _unchanged(fetched, text_sha256=text_sha256)
    before = Before(passages=passages, snapshot=_last_seen(source))
    if _all_as_before(before, text):
        return _unchanged(fetched, text_sha256=text_sha256)
    return None


def _page_of(fetched: Fetched) -> Page:
    return read(
        fetched.body,
        media_type=fetched.media_type,
        charset=fetched.charset,
        url=fetched.final_url,
    )


def _read(
    source: Source,
    fetched: Fetched,
    page: Page,
    before: Before,
    findings: Mapping[UUID, Finding],
    case: Case | None,
) -> Seen:
    text_sha256 = text_digest(page.text)
    first = before.snapshot is None
    same = text_sha256 == source.text_sha256 or (
        not first and page.article == tuple(before.article)
    )
    return Seen(
        outcome=Outcome.UNCHANGED if same and not first else Outcome.CHANGED,
        detail=_FIRST if first else _SAME if same else _CHANGED,
        fetched=fetched,
        page=page,
        text_sha256=text_sha256,
        findings=findings,
        first=first,
        another=case is not None and case.vanished,
    )


def _case(
    source: Source,
    fetched: Fetched,
    page: Page,
    before: Before,
    findings: Mapping[UUID, Finding],
) -> Case | None:
    """Gather what could show that this is not the page; None where it surely is."""
    missing = [f.state is Standing.MISSING for f in findings.values()]
    known = not all(missing) or _has_a_block(before, page)
    if known and not any(missing):
        return None
    return Case(
        page=impression(source.canonical_url, fetched, page),
        known=known,
        vanished=not known and before.had_something,
        words_missing=any(missing),
    )


def _obstacle(
    case: Case | None,
    source: Source,
    fetched: Fetched,
    probe: Probe,
    *,
    now: datetime,
) -> Seen | None:
    """Judge what is answered in place of the page."""
    if case is None:
        return None
    found = find_obstacle(case)
    if found is None and is_worth_a_probe(case):
        sibling = siblings.sibling_of(source.canonical_url, probe=probe, now=now)
        found = find_obstacle(replace(case, sibling=sibling))
    if found is not None:
        return verdicts.of_obstacle(found, fetched=fetched)
    if not case.known and len(case.page.text) < _SHORTEST_PAGE:
        return verdicts.unsupported(
            Sentence(_("The page shows no text without running its scripts.")),
            fetched=fetched,
        )
    return None


def _has_a_block(before: Before, page: Page) -> bool:
    if not before.article:
        return False
    folded = fold(page.text).text
    return any(fold(block).text in folded for block in before.article)


def _all_as_before(before: Before, text: str) -> bool:
    """Say whether the article and the words that are watched stand as they did."""
    if not before.article or not contains(text, blocks=before.article):
        return False
    folded = fold(text)
    return all(
        _place(passage, folded).state == passage.state for passage in before.passages
    )


def _findings(passages: Iterable[Passage], page: Page) -> Mapping[UUID, Finding]:
    everything = fold(page.text)
    found = {passage.pk: _place(passage, everything) for passage in passages}
    for passage in passages:
        # What stands between two paragraphs, such as an advertisement, is no part of
        # a quotation that spans them.
        if found[passage.pk].state is not Standing.INTACT:
            within = _place(passage, fold(page.article_text))
            if within.state is Standing.INTACT:
                found[passage.pk] = Finding(state=Standing.INTACT, similarity=100.0)
    return found


def _place(passage: Passage, text: Folded) -> Finding:
    return find(passage.exact, text=text, prefix=passage.prefix, suffix=passage.suffix)


def _last_seen(source: Source) -> Snapshot | None:
    # What an archive kept of the page is no version of it that a look saw.
    seen = source.snapshots.seen_on_the_page().defer("body_zstd")
    return seen.last_seen_first().first()


def _unchanged(fetched: Fetched, *, text_sha256: str = "") -> Seen:
    return Seen(
        outcome=Outcome.UNCHANGED,
        detail=_SAME,
        fetched=fetched,
        text_sha256=text_sha256,
    )
