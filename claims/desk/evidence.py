"""What a claim rests on: each cited passage with its page, as far as it was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Substr

from claims import search
from claims.models import Citation, Claim, Review
from claims.search.surroundings import AROUND_CHARACTERS
from sources import quote, telling
from sources.archiving import recalling
from sources.models import Check, Passage, Sighting
from sources.saying import Sentence
from sources.telling import catching, passages
from sources.vocabulary import PassageState, SourceState
from sources.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sources.archiving.recalling import Reading

AROUND = 260  # characters shown on either side of the words
LONGEST = 5_000

_LOST = {PassageState.MISSING, PassageState.UNVERIFIABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One citation of a passage: what it is there for, and whose it is."""

    pk: UUID
    why: str  # "said here", "J. Ferreira, evidence for"
    writer: int | None  # of the review that cites it, where one does


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One cited passage, ready to be shown; several citations may share it."""

    number: int
    passage: Passage
    citations: tuple[Cited, ...]
    before: str
    words: str  # as they stand on the page, empty where they were not found
    after: str
    diff: tuple[quote.Change, ...]  # from what was cited to what stands there
    lost: bool  # the page shows the words no more, or cannot be asked
    then: Reading | None  # how it read before the words were altered
    read_at: datetime | None  # when what is shown of the page was seen
    copy: str  # where an archive shows the words
    look: str  # what the last check said, in a sentence
    stance: telling.Stance
    label: str  # of the words
    remark: str  # what that leaves open
    page_label: str
    page_tone: SourceState
    waits: bool  # nobody has looked at the page since these words were cited

    @property
    def cited_for(self) -> tuple[str, ...]:
        """What the passage is there for, each thing once."""
        return tuple(dict.fromkeys(each.why for each in self.citations))


def evidence(claim: Claim, *, hidden: Review | None) -> list[Evidence]:
    """
    Return what the claim, its assessments and its reviews cite, in that order.

    What a hidden review cites is left out: it would tell what that found.
    """
    citations = (
        Citation.objects.bearing_on(claim)
        .select_related("assessment__assessor", "review")
        .order_by(F("claim").asc(nulls_last=True), "created_at", "pk")
    )
    if hidden is not None:
        citations = citations.exclude(review=hidden)
    reasons: dict[UUID, list[Cited]] = {}
    for citation in citations:
        reasons.setdefault(citation.passage_id, []).append(_cited(citation))
    found = {
        passage.pk: passage
        for passage in _with_surroundings(Passage.objects.all(), reasons)
    }
    altered = [p for p in found.values() if p.state == PassageState.ALTERED]
    diffs = _newest_diffs(altered)
    then = recalling.recalled(altered, around=AROUND_CHARACTERS)
    copies = recalling.copies(found.keys())
    return [
        _evidence(
            found[key],
            number=number,
            citations=tuple(why),
            diff=diffs.get(key, ()),
            then=then.get(key),
            copy=copies.get(key, ""),
        )
        for number, (key, why) in enumerate(reasons.items(), start=1)
    ]


def _cited(citation: Citation) -> Cited:
    why: str = citation.get_role_display().lower()
    if citation.assessment is not None:
        why = f"{citation.assessment.assessor.name}, {why}"
    writer = citation.review.written_by_id if citation.review is not None else None
    return Cited(pk=citation.pk, why=why, writer=writer)


def _with_surroundings(
    watched: QuerySet[Passage], keys: Iterable[UUID]
) -> QuerySet[Passage]:
    """Ask for the words around each place, not for whole pages."""
    begin = Greatest(F("start") - AROUND, 0)
    newest = Check.objects.filter(source=OuterRef("source")).newest_first()
    return (
        watched.filter(pk__in=list(keys))
        .select_related("source")
        .annotate(
            before_words=Substr(
                "snapshot__text",
                begin + 1,
                F("start") - begin,
                output_field=TextField(),
            ),
            these_words=Substr(
                "snapshot__text",
                F("start") + 1,
                Coalesce(F("end") - F("start"), Value(0)),
                output_field=TextField(),
            ),
            after_words=Substr(
                "snapshot__text", F("end") + 1, AROUND, output_field=TextField()
            ),
            seen_at=F("snapshot__fetched_at"),
            look=Subquery(newest.values("detail")[:1], output_field=CharField()),
            look_facts=Subquery(newest.values("facts")[:1]),
            outcome=Subquery(newest.values("outcome")[:1]),
            http_status=Subquery(newest.values("http_status")[:1]),
            stood=Exists(Sighting.objects.standing().filter(passage=OuterRef("pk"))),
        )
    )


def _newest_diffs(
    passages: Sequence[Passage],
) -> dict[UUID, tuple[quote.Change, ...]]:
    if not passages:
        return {}
    sightings = (
        Sighting.objects.filter(passage__in=passages, state=PassageState.ALTERED)
        .order_by("passage", "-at", "-pk")
        .distinct("passage")
    )
    return {each.passage_id: told(each.diff) for each in sightings}


def told(diff: Iterable[Sequence[str]]) -> tuple[quote.Change, ...]:
    """Return a recorded diff with its numbers and negations marked again."""
    changes: list[quote.Change] = []
    for operation, words in diff:
        if operation == "=":
            changes.append(quote.Change(kind=quote.Kind.SAME, text=words))
        elif operation == "-":
            changes.extend(quote.changes(words, ""))
        else:
            changes.extend(quote.changes("", words))
    return tuple(changes)


def _evidence(
    passage: Passage,
    *,
    number: int,
    citations: tuple[Cited, ...],
    diff: tuple[quote.Change, ...],
    then: Reading | None,
    copy: str,
) -> Evidence:
    seen: Any = passage
    source = passage.source
    where = telling.stance(passage, stood=seen.stood)
    caught = telling.catch(source, outcome=seen.outcome or "", status=seen.http_status)
    never_seen = source.last_checked_at is None or source.state == SourceState.PENDING
    return Evidence(
        number=number,
        passage=passage,
        citations=citations,
        before=_from_a_word(seen.before_words or ""),
        words=(seen.these_words or "")[:LONGEST],
        after=_to_a_word(seen.after_words or ""),
        diff=diff,
        lost=source.state == SourceState.GONE or passage.state in _LOST,
        then=_in_sentences(then),
        read_at=seen.seen_at,
        copy=copy if copy.startswith(("https://", "http://")) else "",
        look=""
        if source.state == SourceState.LIVE and caught is telling.Catch.NONE
        else worded(Sentence(seen.look or "", seen.look_facts or {})),
        stance=where,
        label=passages.label(passage, where),
        remark=""
        if where is telling.Stance.UNKNOWN
        else passages.remark(passage, where, newest=None),
        page_label=catching.label(source, caught),
        page_tone=catching.tone(source, caught),
        waits=source.parked_at is None
        and (
            never_seen
            or (
                passage.state == PassageState.UNVERIFIABLE
                and source.last_checked_at is not None
                and source.last_checked_at < passage.added_at
            )
        ),
    )


def _in_sentences(reading: Reading | None) -> Reading | None:
    return reading and replace(
        reading,
        before=search.leading(reading.before),
        after=search.following(reading.after),
    )


def _from_a_word(text: str) -> str:
    if len(text) < AROUND or " " not in text:
        return text
    return "… " + text.split(" ", 1)[1]


def _to_a_word(text: str) -> str:
    if len(text) < AROUND or " " not in text:
        return text
    return text.rsplit(" ", 1)[0] + " …"
