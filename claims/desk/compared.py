"""The claim that a candidate seems to repeat, by the model or by the built-in search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.models import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from claims.models import Candidate


def preferred(
    candidates: Iterable[Candidate], built_in: Mapping[UUID, Claim]
) -> dict[UUID, Claim]:
    """
    Return for each candidate the claim it seems to repeat, where there is one.

    What a plugged-in model has said counts; but it knew nothing of later claims, so of
    those the built-in search is heard.
    """
    candidates = list(candidates)
    keys = {each.repeats_id for each in candidates if each.repeats_id}
    said = Claim.objects.select_related("claimant").in_bulk(keys) if keys else {}
    chosen: dict[UUID, Claim] = {}
    for each in candidates:
        found = built_in.get(each.pk)
        if each.has_opinion and (found is None or _was_known(found, each)):
            found = said.get(each.repeats_id) if each.repeats_id else None
        if found is not None:
            chosen[each.pk] = found
    return chosen


def _was_known(claim: Claim, candidate: Candidate) -> bool:
    return (
        candidate.compared_at is not None and claim.created_at <= candidate.compared_at
    )
