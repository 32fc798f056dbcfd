"""What a claim rests on: pages, the words cited on them, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least, Substr

from claims import search
from claims.models import Citation, Claim
from claims.public import wording
from claims.search.surroundings import AROUND_CHARACTERS
from claims.vocabulary import AssessmentState, CitationRole
from sources import quote
from sources.archiving import recalling
from sources.models import Check, Passage, Sighting, Source
from sources.prepared import ask
from sources.telling import Catch, Stance, catch, stance
from sources.telling.catching import tone
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from claims.models import Assessment, Review
    from claims.models.citation import CitationQuerySet
    from sources.archiving.recalling import Reading

LOOKED_AT = 40  # of what broke last, to find those that are public
_STOOD = f"""EXISTS (
    SELECT FROM sources_sighting
    WHERE passage_id = p.id AND state = '{PassageState.INTACT.value}'
)"""
_BROKEN = f"('{PassageState.ALTERED.value}', '{PassageState.MISSING.value}')"
# Since when the words are broken, or where they are not, when their page went. On the
# front page, for everybody: to plan it would take longer than to answer it.
_ONE_OF_EACH_PAGE = f"""
WITH lost AS (
    (
        SELECT p.id, p.source_id, p.state, p.state_since
        FROM sources_passage p WHERE p.state IN {_BROKEN} AND {_STOOD}
        ORDER BY p.state_since DESC LIMIT {LOOKED_AT}
    ) UNION (
        SELECT p.id, p.source_id, p.state, p.state_since FROM (
            SELECT id FROM sources_source WHERE state = '{SourceState.GONE.value}'
            ORDER BY state_since DESC LIMIT {LOOKED_AT}
        ) gone, LATERAL (
            SELECT * FROM sources_passage p WHERE p.source_id = gone.id AND {_STOOD}
            LIMIT {LOOKED_AT}
        ) p LIMIT {LOOKED_AT}
    )
)
SELECT id FROM (
    SELECT DISTINCT ON (p.source_id) c.id, CASE
        WHEN s.state = '{SourceState.GONE.value}' AND p.state NOT IN {_BROKEN}
        THEN s.state_since ELSE p.state_since
    END AS since
    FROM lost p
    JOIN sources_source s ON s.id = p.source_id
    JOIN claims_citation c ON c.passage_id = p.id
    LEFT JOIN claims_assessment a ON a.id = c.assessment_id
    WHERE (a.id IS NULL OR a.state = '{AssessmentState.CONFIRMED.value}') AND EXISTS (
        SELECT FROM claims_review
        WHERE claim_id = coalesce(c.claim_id, a.claim_id)
        AND published_at <= statement_timestamp()
    )
    ORDER BY p.source_id, since DESC, c.id
) one ORDER BY since DESC, id LIMIT %(most)s
"""  # noqa: S608 — of this file alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a quotation that stayed ("same"), were "removed" or "added"."""

    op: str
    words: str
    after: str  # a space, or nothing
    weighty: bool  # a number or a "not": it changes what was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words as a kept copy of the page shows them."""

    before: str
    words: str
    after: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One quotation, what it is cited for, and where it stands."""

    passage: Passage
    role: str
    stance: Stance
    label: str
    assessment_id: UUID | None  # whose words, where they are not the claim's own
    by: str  # and their name
    context: Context | None  # as it reads now or, where it broke, as it read
    kept: bool  # the page shows it no more, or cannot be asked: a copy does
    copy: str  # where an archive shows it, empty unless it can be followed
    diff: list[Piece]

    @property
    def broken(self) -> bool:
        """Whether the page was seen with the words, and then without."""
        return self.stance.is_a_change

    @property
    def in_one_day(self) -> bool:
        """Whether it takes the hour to tell when it read so from when it no more did."""
        return (
            bool(self.diff)
            and self.context is not None
            and self.context.kept_at.date() == self.passage.state_since.date()
        )

    @property
    def never_so(self) -> bool:
        """Whether the page reads otherwise, and was never seen to read so."""
        return self.stance is Stance.NEVER_SO


@dataclass(frozen=True, slots=True, kw_only=True)
class Cites:
    """A page, and the quotations cited on it."""

    number: int
    source: Source
    label: str
    tone: SourceState  # as whose it is coloured
    cited: list[Cited] = field(default_factory=list)

    @property
    def gone(self) -> bool:
        return self.source.state == SourceState.GONE

    @property
    def archive(self) -> str:
        """Where a copy is kept elsewhere; empty unless it can be followed."""
        return _followable(self.source.archived_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broke:
    """A quotation that no longer stands as it was cited."""

    claim: Claim
    words: str
    gone: bool  # the whole page, not the words alone
    state: str
    label: str
    page: str
    since: datetime


def pages(
    claim: Claim, *, review: Review | None, voices: Iterable[Assessment]
) -> list[Cites]:
    """
    Return the pages that readers may know of, in the order they were cited.

    They are the claim's, the shown review's and the shown assessments' own; what a
    review in the making cites stays at the desk.
    """
    shown = Q(claim=claim) | Q(assessment__in=[voice.pk for voice in voices])
    if review is not None:
        shown |= Q(review=review)
    citations = list(_citations(Citation.objects.filter(shown)))
    lost = {each.passage_id for each in citations if _is_lost(each.passage)}
    now = _now(lost)
    copies = recalling.copies(lost) if lost else {}
    elsewhere = [each.passage for each in citations if _context_now(each) is None]
    then = recalling.recalled(elsewhere, around=AROUND_CHARACTERS)
    found: dict[UUID, Cites] = {}
    for citation in citations:
        source = citation.passage.source
        page = found.setdefault(
            source.pk,
            Cites(
                number=len(found) + 1,
                source=source,
                label=wording.source_words(source, caught=_caught(citation)),
                tone=tone(source, _caught(citation)),
            ),
        )
        key = citation.passage_id
        page.cited.append(
            _cited(
                citation,
                found=now.get(key, ""),
                copy=copies.get(key, ""),
                reading=then.get(key),
            )
        )
    return list(found.values())


def changed(*, most: int) -> list[Broke]:
    """
    Return the quotations of public claims that broke last, one for each page.

    Only such as were seen to stand: of others nobody knows that anything changed.
    """
    last = ask(
        _ONE_OF_EACH_PAGE,
        {"most": most},
    )
    # Whole rows of the few that are shown, and of no more.
    shown = Citation.objects.select_related(
        "claim", "assessment__claim", "passage__source"
    ).in_bulk([key for (key,) in last])
    return [
        _broke(citation, claim)
        for (key,) in last
        if (citation := shown.get(key)) is not None
        and (claim := (citation.assessment or citation).claim) is not None
    ]


def _broke(citation: Citation, claim: Claim) -> Broke:
    passage, source = citation.passage, citation.passage.source
    gone = source.state == SourceState.GONE and not passage.is_broken
    return Broke(
        claim=claim,
        words=wording.shortened(passage.exact, most=140),
        gone=gone,
        state=source.state if gone else passage.state,
        label=wording.source_words(source)
        if gone
        else wording.passage_words(passage, seen=True),
        page=source.publisher or source.host,
        since=source.state_since if gone else passage.state_since,
    )


def _caught(citation: Any) -> Catch:  # Any: annotated columns
    return catch(
        citation.passage.source, outcome=citation.outcome, status=citation.http_status
    )


def _is_lost(passage: Passage) -> bool:
    return passage.source.state == SourceState.GONE or (
        passage.state != PassageState.INTACT
    )


def _citations(citations: CitationQuerySet) -> CitationQuerySet:
    # The page is cut in the database: a snapshot may hold a megabyte of text.
    start = F("passage__start")
    before = Least(start, AROUND_CHARACTERS)
    text = "passage__snapshot__text"
    newest = Check.objects.filter(source=OuterRef("passage__source")).newest_first()
    return (
        citations.select_related("passage__source", "assessment__assessor")
        .annotate(
            before=Substr(text, start - before + 1, before),
            words=Substr(text, start + 1, F("passage__end") - start),
            after=Substr(text, F("passage__end") + 1, AROUND_CHARACTERS),
            kept_at=F("passage__snapshot__fetched_at"),
            outcome=Coalesce(Subquery(newest.values("outcome")[:1]), Value("")),
            http_status=Subquery(newest.values("http_status")[:1]),
        )
        .order_by("created_at", "pk")
    )


def _now(passages: set[UUID]) -> dict[UUID, str]:
    """Return what stands in the place of words that were altered, by passage."""
    if not passages:
        return {}
    altered = (
        Sighting.objects.on_the_page()
        .filter(passage__in=passages, passage__state=PassageState.ALTERED)
        .filter(state=PassageState.ALTERED)
        .order_by("at", "pk")
    )
    return dict(altered.values_list("passage", "found"))


def _cited(
    citation: Citation, *, found: str, copy: str, reading: Reading | None
) -> Cited:
    passage = citation.passage
    now = _context_now(citation)
    then = _context_then(reading) if reading and not now else None
    seen = now is not None or then is not None
    where = stance(passage, stood=seen)
    return Cited(
        passage=passage,
        role=str(wording.ROLE_WORDS[CitationRole(citation.role)]),
        stance=where,
        label=str(wording.PASSAGE_WORDS[where]),
        assessment_id=citation.assessment_id,
        by=citation.assessment.assessor.name if citation.assessment else "",
        context=now or then,
        kept=seen and _is_lost(passage),
        copy=_followable(copy),
        diff=_diff(passage.exact, found) if found else [],
    )


def _context_now(citation: Any) -> Context | None:  # Any: annotated columns
    # What is missing keeps its last place, where other words may have stood by then.
    if citation.passage.state != PassageState.INTACT or not citation.words:
        return None
    return Context(
        before=search.leading(citation.before),
        words=citation.words,
        after=search.following(citation.after),
        kept_at=citation.kept_at,
    )


def _context_then(reading: Reading) -> Context:
    return Context(
        before=search.leading(reading.before),
        words=reading.words,
        after=search.following(reading.after),
        kept_at=reading.read_at,
    )


def _followable(url: str) -> str:
    """Return the address where a browser may follow it, else nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def _diff(cited: str, found: str) -> list[Piece]:
    return [_piece(change) for change in quote.changes(cited, found)]


def _piece(change: quote.Change) -> Piece:
    words = change.text.rstrip()
    struck = change.kind is quote.Kind.REMOVED
    return Piece(
        op=change.kind,
        words=words,
        # What is struck is not read together with what came in its place.
        after=" " if struck or words != change.text else "",
        weighty=change.number or change.negation,
    )
