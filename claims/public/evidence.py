"""What a claim rests on: pages, the words cited on them, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q
from django.db.models.functions import (
    Coalesce,
    Greatest,
    Least,
    Length,
    StrIndex,
    Substr,
)

from claims.models import Citation, Claim
from claims.public import wording
from claims.vocabulary import AssessmentState, CitationRole
from sources import quote
from sources.models import Passage, Sighting, Source
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from claims.models import Assessment, Review
    from claims.models.citation import CitationQuerySet

LOOKED_AT = 40  # of what broke last, to find those that are public
AROUND_CHARACTERS = 220  # of the page, on each side of the quotation
BROKEN = {PassageState.ALTERED, PassageState.MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a quotation that stayed ("same"), were "removed" or "added"."""

    op: str
    words: str
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
    state: str
    label: str
    assessment_id: UUID | None  # whose words, where they are not the claim's own
    by: str  # and their name
    context: Context | None  # as it reads now or, where it broke, as it read
    kept: bool  # the page shows it no more, or cannot be asked: a copy does
    diff: list[Piece]
    found: str  # what stands in its place now

    @property
    def broken(self) -> bool:
        return self.state in BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Cites:
    """A page, and the quotations cited on it."""

    number: int
    source: Source
    label: str
    cited: list[Cited] = field(default_factory=list)

    @property
    def gone(self) -> bool:
        return self.source.state == SourceState.GONE

    @property
    def archive(self) -> str:
        """Where a copy is kept elsewhere; empty unless it can be followed."""
        url = self.source.archived_url
        return url if url.startswith(("https://", "http://")) else ""


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
    earlier = _sightings(
        citation.passage_id
        for citation in citations
        if citation.passage.state != PassageState.INTACT
        or citation.passage.source.state == SourceState.GONE
    )
    found: dict[UUID, Cites] = {}
    for citation in citations:
        source = citation.passage.source
        page = found.setdefault(
            source.pk,
            Cites(
                number=len(found) + 1,
                source=source,
                label=str(wording.SOURCE_WORDS[SourceState(source.state)]),
            ),
        )
        page.cited.append(_cited(citation, earlier.get(citation.passage_id, [])))
    return list(found.values())


def changed(*, most: int) -> list[Broke]:
    """Return the quotations of public claims that broke last, one for each passage."""
    about = Coalesce(OuterRef("claim"), OuterRef("assessment__claim"))
    citations = (
        Citation.objects.filter(
            Q(assessment=None) | Q(assessment__state=AssessmentState.CONFIRMED),
            Exists(Claim.objects.public().filter(pk=about)),
            passage__in=_broken_last(most=LOOKED_AT),
        )
        .select_related("claim", "assessment__claim", "passage__source")
        .order_by("pk")
    )
    by_passage: dict[UUID, Broke] = {}
    for citation in citations:
        claim = (citation.assessment or citation).claim
        if claim is not None:
            by_passage.setdefault(citation.passage_id, _broke(citation, claim))
    newest = sorted(by_passage.values(), key=lambda each: each.since, reverse=True)
    return newest[:most]


def _broken_last(*, most: int) -> list[UUID]:
    """Return passages whose words or page were lost lately, each by an index."""
    words = Passage.objects.broken().order_by("-state_since")[:most]
    gone = Source.objects.gone().order_by("-state_since")[:most]
    pages = Passage.objects.filter(source__in=gone.values("pk"))[:most]
    return list(words.values_list("pk", flat=True).union(pages.values_list("pk")))


def _broke(citation: Citation, claim: Claim) -> Broke:
    passage, source = citation.passage, citation.passage.source
    gone = source.state == SourceState.GONE and passage.state not in BROKEN
    return Broke(
        claim=claim,
        words=wording.shortened(passage.exact, most=140),
        gone=gone,
        state=source.state if gone else passage.state,
        label=str(wording.SOURCE_WORDS[SourceState(source.state)])
        if gone
        else str(wording.PASSAGE_WORDS[PassageState(passage.state)]),
        page=source.publisher or source.host,
        since=source.state_since if gone else passage.state_since,
    )


def _citations(citations: CitationQuerySet) -> CitationQuerySet:
    # The page is cut in the database: a snapshot may hold a megabyte of text.
    start = F("passage__start")
    before = Least(start, AROUND_CHARACTERS)
    text = "passage__snapshot__text"
    return (
        citations.select_related("passage__source", "assessment__assessor")
        .annotate(
            before=Substr(text, start - before + 1, before),
            words=Substr(text, start + 1, F("passage__end") - start),
            after=Substr(text, F("passage__end") + 1, AROUND_CHARACTERS),
            kept_at=F("passage__snapshot__fetched_at"),
        )
        .order_by("created_at", "pk")
    )


def _sightings(passages: Iterable[UUID]) -> dict[UUID, list[Sighting]]:
    wanted = set(passages)
    if not wanted:
        return {}
    at = StrIndex("snapshot__text", F("passage__exact"))
    length = ExpressionWrapper(
        Least(Greatest(at - 1, 0), AROUND_CHARACTERS), output_field=IntegerField()
    )
    rows = (
        Sighting.objects.filter(passage__in=wanted)
        .select_related("passage")
        .annotate(
            place=at,
            before=Substr("snapshot__text", Greatest(at - length, 1), length),
            after=Substr(
                "snapshot__text", at + Length("passage__exact"), AROUND_CHARACTERS
            ),
            kept_at=F("snapshot__fetched_at"),
        )
        .newest_first()
    )
    by_passage: dict[UUID, list[Sighting]] = {}
    for sighting in rows:
        by_passage.setdefault(sighting.passage_id, []).append(sighting)
    return by_passage


def _cited(citation: Citation, sightings: list[Sighting]) -> Cited:
    passage = citation.passage
    now = next((each for each in sightings if each.state == passage.state), None)
    context = _context_now(citation)
    then = None if context else _context_then(sightings)
    seen = context is not None or then is not None
    return Cited(
        passage=passage,
        role=str(wording.ROLE_WORDS[CitationRole(citation.role)]),
        state=passage.state,
        label=wording.passage_words(passage, seen=seen),
        assessment_id=citation.assessment_id,
        by=citation.assessment.assessor.name if citation.assessment else "",
        context=context or then,
        kept=then is not None or passage.source.state == SourceState.GONE,
        diff=_diff(passage.exact, now.found) if now and now.found else [],
        found=now.found if now else "",
    )


def _context_now(citation: Any) -> Context | None:  # Any: annotated columns
    if citation.passage.state != PassageState.INTACT or not citation.words:
        return None
    return Context(
        before=_from_word(citation.before),
        words=citation.words,
        after=_to_word(citation.after),
        kept_at=citation.kept_at,
    )


def _context_then(sightings: list[Any]) -> Context | None:  # Any: as above
    for sighting in sightings:
        if sighting.state == PassageState.INTACT and sighting.kept_at:
            found = sighting.place > 0
            return Context(
                before=_from_word(sighting.before) if found else "",
                words=sighting.passage.exact,
                after=_to_word(sighting.after) if found else "",
                kept_at=sighting.kept_at,
            )
    return None


def _from_word(text: str) -> str:
    """Return the end of the text from a whole word on, on one line."""
    cut = text.partition(" ")[2] if len(text) >= AROUND_CHARACTERS else text
    return (
        "… " * (len(text) >= AROUND_CHARACTERS)
        + " ".join(cut.split())
        + _gap(text[-1:])
    )


def _to_word(text: str) -> str:
    """Return the start of the text up to a whole word, on one line."""
    cut = text.rpartition(" ")[0] if len(text) >= AROUND_CHARACTERS else text
    return (
        _gap(text[:1]) + " ".join(cut.split()) + " …" * (len(text) >= AROUND_CHARACTERS)
    )


def _gap(edge: str) -> str:
    return " " if edge.isspace() else ""


def _diff(cited: str, found: str) -> list[Piece]:
    return [
        Piece(
            op=change.kind, words=change.text, weighty=change.number or change.negation
        )
        for change in quote.changes(cited, found)
    ]
