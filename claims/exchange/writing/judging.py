"""What becomes of each row: nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils.compat import uuid7

from claims.exchange.writing import known
from claims.exchange.writing.known import Standing
from claims.vocabulary import RowOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.exchange.record import Page, Record, Row, Voice, Who


@dataclass(frozen=True, slots=True)
class NewVoice:
    """An assessment to be written."""

    id: UUID
    claim: Standing
    assessor: UUID
    voice: Voice


@dataclass(frozen=True, slots=True)
class NewPage:
    """A citation of a claim to be written."""

    claim: Standing
    page: Page


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row comes to."""

    row: Row
    outcome: RowOutcome
    claim: UUID | None = None


@dataclass(slots=True)
class Plan:
    """What a few thousand rows come to, and all that has to be written for it."""

    claimants: list[tuple[UUID, Who]] = field(default_factory=list)
    claims: list[tuple[UUID, UUID, Record]] = field(default_factory=list)
    voices: list[NewVoice] = field(default_factory=list)
    pages: list[NewPage] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many rows come to what."""
        found = dict.fromkeys(RowOutcome.values, 0)
        for each in self.outcomes:
            found[each.outcome] += 1
        return found


class Judge:
    """
    Judges rows in their order.

    Where nothing is going to be written, `remembers` has it take what it judged new for
    known from then on.
    """

    def __init__(self, *, remembers: bool = False) -> None:
        self._remembers = remembers
        self._names: dict[str, UUID] = {}
        self._seen: dict[str, list[Standing]] = {}

    def judge(self, rows: Sequence[Row]) -> Plan:
        """Return what these rows come to, with what is in the database now."""
        plan = Plan()
        records = [row.record for row in rows if row.record]
        names = self._named(records, plan)
        marks = known.digests(record.statement for record in records)
        standing = known.standing(set(marks.values()))
        for mark, seen in self._seen.items():
            standing.setdefault(mark, []).extend(seen)
        for row in rows:
            if row.record is None:
                refused = RowOutcome.REFUSED if row.faults else RowOutcome.PASSED
                plan.outcomes.append(Outcome(row, refused))
                continue
            mark = marks[row.record.statement]
            outcome = _judged(
                row, row.record, standing.setdefault(mark, []), names, plan
            )
            plan.outcomes.append(outcome)
            if self._remembers and outcome.outcome == RowOutcome.NEW:
                self._seen.setdefault(mark, []).append(standing[mark][-1])
        return plan

    def written(self, plan: Plan) -> None:
        """Remember whom the plan has made, now that it is written."""
        self._names.update((who.name.casefold(), key) for key, who in plan.claimants)

    def _named(self, records: Iterable[Record], plan: Plan) -> dict[str, UUID]:
        """Return everybody who is named; whom nobody knows is planned."""
        spoken = {
            who.name.casefold(): who for record in records for who in _everybody(record)
        }
        unknown = {key: who for key, who in spoken.items() if key not in self._names}
        self._names.update(known.claimants(who.name for who in unknown.values()))
        names = {key: self._names[key] for key in spoken if key in self._names}
        for key, who in unknown.items():
            if key not in names:
                names[key] = uuid7()
                plan.claimants.append((names[key], who))
        if self._remembers:
            self.written(plan)
        return names


def _everybody(record: Record) -> Iterator[Who]:
    yield record.claimant
    for voice in record.voices:
        yield voice.assessor


def _judged(
    row: Row,
    record: Record,
    alike: list[Standing],
    names: dict[str, UUID],
    plan: Plan,
) -> Outcome:
    claimant = names[record.claimant.name.casefold()]
    keys = [
        known.voice_key(
            url=voice.url,
            assessor=names[voice.assessor.name.casefold()],
            statement=voice.statement,
        )
        for voice in record.voices
    ]
    claim = _same(record, claimant, keys, alike)
    outcome = RowOutcome.KNOWN
    if claim is None:
        outcome = RowOutcome.NEW
        claim = Standing(uuid7(), claimant, record.said_at, record.precision)
        alike.append(claim)
        plan.claims.append((claim.id, claimant, record))
    added = _add_voices(claim, record, keys, names, plan)
    added = _add_pages(claim, record, plan) or added
    if added and outcome == RowOutcome.KNOWN:
        outcome = RowOutcome.JOINED
    return Outcome(row, outcome, claim.id)


def _same(
    record: Record,
    claimant: UUID,
    keys: list[known.VoiceKey],
    alike: list[Standing],
) -> Standing | None:
    """Return the claim that says the same: by whom and when, or by who checked it."""
    for claim in alike:
        if claim.says_the_same(
            claimant=claimant, said_at=record.said_at, precision=record.precision
        ):
            return claim
    return next(
        (
            claim
            for claim in alike
            if any(key in claim.voices for key in keys if not key[1])
        ),
        None,
    )


def _add_voices(
    claim: Standing,
    record: Record,
    keys: list[known.VoiceKey],
    names: dict[str, UUID],
    plan: Plan,
) -> bool:
    added = False
    for key, voice in zip(keys, record.voices, strict=True):
        if key not in claim.voices:
            claim.voices.add(key)
            assessor = names[voice.assessor.name.casefold()]
            plan.voices.append(NewVoice(uuid7(), claim, assessor, voice))
            added = True
    return added


def _add_pages(claim: Standing, record: Record, plan: Plan) -> bool:
    added = False
    for page in record.pages:
        key = (page.url, page.exact, page.role)
        if key not in claim.pages:
            claim.pages.add(key)
            plan.pages.append(NewPage(claim, page))
            added = True
    return added
