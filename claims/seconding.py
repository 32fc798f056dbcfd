"""A second opinion, by the plugged-in model, on what the machine holds against claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims import intake
from claims.disagreement.comparing import Contradiction, Said
from claims.disagreement.judges import Pair, judge_pairs
from claims.endpoint.terms import Use, terms_for
from claims.models import Clash
from sources.wire import tell

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from claims.disagreement.signals import Judgement

AT_ONCE = 10


def is_wanted() -> bool:
    """Whether there is a model to be asked."""
    return terms_for(Use.CONTRADICTION) is not None


def second_some(*, now: datetime) -> int:
    """
    Have the model judge the strongest clashes that wait; return how many were asked about.

    What it judges gets its strength and its words, so that what it takes for no
    contradiction comes last. Each is asked about once: where the model does not answer,
    the clash stays as it is and says why. Waits for the model, so it is for workers.
    """
    if not is_wanted():
        return 0
    mine = [clash for clash in _due() if _taken(clash, now=now)]
    pairs = [_pair(clash) for clash in mine]
    verdicts = judge_pairs(
        [
            Pair(statement=said.text, claim=against.text, speaker=against.speaker)
            for said, against in pairs
        ],
        now=now,
    )
    for clash, pair, judgement, by_model in zip(
        mine, pairs, verdicts.judgements, verdicts.by_model, strict=True
    ):
        clash.judged_by, clash.judged_why_not = verdicts.model, verdicts.why_not
        if by_model:
            clash.strength = judgement.strength
            clash.words = _words(clash, pair, judgement)
        elif not verdicts.why_not:
            clash.judged_by = ""  # of this one it said nothing
        clash.save(update_fields=["judged_by", "judged_why_not", "strength", "words"])
    tell(f"claim:{clash.against_id}" for clash in mine if clash.against_id)
    return len(mine)


def _due() -> list[Clash]:
    waiting = Clash.objects.unjudged().strongest_first()
    return list(
        waiting.select_related(
            *("claim__claimant", "against__claimant"),
            *("candidate__article", "against_candidate__article"),
        )[:AT_ONCE]
    )


def _taken(clash: Clash, *, now: datetime) -> bool:
    """Take it before it is asked about: another worker may be at the same one."""
    unjudged = Clash.objects.unjudged().filter(pk=clash.pk)
    return bool(unjudged.update(judged_at=now))


def _pair(clash: Clash) -> tuple[Said[UUID], Said[UUID]]:
    statement = _said(clash, "")
    return statement, _said(clash, "against")


def _said(clash: Clash, side: str) -> Said[UUID]:
    claim = clash.against if side else clash.claim
    if claim is not None:
        return Said(key=claim.pk, text=claim.statement, speaker=claim.claimant.name)
    candidate = clash.against_candidate if side else clash.candidate
    if candidate is None:
        raise ValueError(f"the clash {clash.pk} is of one statement alone")
    return Said(
        key=candidate.pk,
        text=intake.wording(candidate),
        speaker=candidate.claimant_name or candidate.mention,
    )


def _words(
    clash: Clash, pair: tuple[Said[UUID], Said[UUID]], judgement: Judgement
) -> object:
    """Return the words as they are kept; without any, those that were found before."""
    statement, against = pair
    found = Contradiction(
        statement=statement,
        against=against,
        judgement=judgement,
        reversal=clash.reversal,
    )
    return found.words or clash.words
