"""Statements the machine holds against each other, with the words that clash marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from claims import intake
from claims.models import Candidate, Claim, Clash
from claims.vocabulary import CandidateState, ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_OF_EACH = 3  # of a candidate; the strongest
_DROPPED = (ClaimStatus.DISMISSED, ClaimStatus.RETRACTED)

_REASONS: dict[str, Promise] = {
    "number": gettext_lazy(
        "The figures differ: “%(said)s” clashes with “%(against)s”."
    ),
    "date": gettext_lazy("The times differ: “%(said)s” clashes with “%(against)s”."),
    "place": gettext_lazy("The places differ: “%(said)s” clashes with “%(against)s”."),
    "negation": gettext_lazy(
        "One says what the other denies: “%(said)s” clashes with “%(against)s”."
    ),
    "opposite": gettext_lazy(
        "The words pull apart: “%(said)s” clashes with “%(against)s”."
    ),
    "modality": gettext_lazy(
        "One is surer than the other: “%(said)s” clashes with “%(against)s”."
    ),
    "evaluation": gettext_lazy(
        "They judge it differently: “%(said)s” clashes with “%(against)s”."
    ),
    "characterisation": gettext_lazy(
        "“%(said)s” is about the other one's words, not about the matter alone."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a statement."""

    text: str
    clashes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clash as one of its two statements shows it."""

    mine: list[Piece]
    theirs: list[Piece]
    reasons: list[str]
    says: bool  # mine contradicts theirs; False: theirs contradicts mine
    reversal: bool
    speaker: str  # of theirs
    language: str
    claim: Claim | None  # theirs, where it is tracked
    number: int | None  # of the candidate that theirs is, in its article


def reasons(words: Iterable[dict[str, Any]]) -> list[str]:  # Any: JSON
    """Return in words why statements were held against each other."""
    return [
        str(_REASONS[word["kind"]])
        % {"said": _apart(word["said"]), "against": _apart(word["against"] or "…")}
        for word in words
        if word["kind"] in _REASONS
    ]


def _apart(words: str) -> str:
    """Keep foreign words in their own direction, whatever stands around them."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def opinion(clash: Clash) -> list[str]:
    """Return in words what a plugged-in model made of it, where one was asked."""
    if not clash.judged_by:
        return []
    # Its name says nothing to an editor; whoever runs the house finds it in the panel.
    if clash.judged_why_not:
        return [
            gettext("The plugged-in model was asked and did not judge it. %(why)s")
            % {"why": clash.get_judged_why_not_display()}
        ]
    if not clash.strength:
        return [gettext("The plugged-in model takes it for no contradiction.")]
    return [gettext("The plugged-in model takes it for a contradiction.")]


def pieces(text: str, words: Iterable[dict[str, Any]], *, side: str) -> list[Piece]:
    """
    Return a text cut where words clash; `side` is "statement" or "claim".

    Words that do not stand there any more are not marked.
    """
    quoted = "said" if side == "statement" else "against"
    spans = sorted(
        (place[0], place[1])
        for word in words
        if (place := word[side]) and text[place[0] : place[1]] == word[quoted]
    )
    found, done = [], 0
    for start, end in spans:
        if start < done:
            continue
        found += [
            Piece(text=text[done:start], clashes=False),
            Piece(text=text[start:end], clashes=True),
        ]
        done = end
    found.append(Piece(text=text[done:], clashes=False))
    return [piece for piece in found if piece.text]


def of_candidates(candidates: Sequence[Candidate]) -> dict[UUID, list[Shown]]:
    """
    Return for each waiting candidate what it seems to contradict, strongest first.

    Worked out by a worker before; `candidates` are all those of one article.
    """
    numbers = {candidate.pk: n for n, candidate in enumerate(candidates, start=1)}
    by_key = {candidate.pk: candidate for candidate in candidates}
    waiting = [c.pk for c in candidates if c.state == CandidateState.PROPOSED]
    if not waiting:
        return {}
    found: dict[UUID, list[Shown]] = {}
    rows = (
        Clash.objects.filter(
            Q(candidate__in=waiting) | Q(against_candidate__in=waiting)
        )
        .select_related("claim__claimant", "against__claimant")
        .strongest_first()
    )
    for row in rows:
        sides = [
            by_key.get(key) if key else None
            for key in (row.candidate_id, row.against_candidate_id)
        ]
        for mine, other in (sides, sides[::-1]):
            if mine is None or not _stands(mine, other, row):
                continue
            shown = found.setdefault(mine.pk, [])
            if len(shown) < MOST_OF_EACH:
                shown.append(_shown(row, mine, other, numbers))
    return found


def _stands(mine: Candidate, other: Candidate | None, row: Clash) -> bool:
    claim = row.claim or row.against
    return mine.state == CandidateState.PROPOSED and (
        other.state != CandidateState.REJECTED
        if other is not None
        else claim is not None and claim.status not in _DROPPED
    )


def _shown(
    row: Clash, mine: Candidate, other: Candidate | None, numbers: dict[UUID, int]
) -> Shown:
    says = row.candidate_id == mine.pk
    claim = row.claim or row.against
    sides = ("statement", "claim") if says else ("claim", "statement")
    theirs = intake.wording(other) if other else claim.statement if claim else ""
    speaker = claim.claimant.name if claim else ""
    return Shown(
        mine=pieces(intake.wording(mine), row.words, side=sides[0]),
        theirs=pieces(theirs, row.words, side=sides[1]),
        reasons=[*reasons(row.words), *opinion(row)],
        says=says,
        reversal=row.reversal,
        speaker=(other.claimant_name or other.mention) if other else speaker,
        language=other.article.language if other else claim.language if claim else "",
        claim=claim,
        number=numbers[other.pk] if other else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Why the machine suggests an assessment, in words and with its words marked."""

    statement: list[Piece]
    claim: list[Piece]
    reasons: list[str]
    reversal: bool


def suggestion(clash: Clash, *, statement: str, claim: str) -> Suggestion:
    """Return what to show of a clash beside the assessment that it became."""
    return Suggestion(
        statement=pieces(statement, clash.words, side="statement"),
        claim=pieces(claim, clash.words, side="claim"),
        reasons=[*reasons(clash.words), *opinion(clash)],
        reversal=clash.reversal,
    )
