"""Asking the plugged-in model which tracked claim a candidate repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.endpoint.ranking import rank
from claims.endpoint.terms import Use, terms_for
from claims.errors import NoAnswer
from claims.matching import nearest
from claims.models import Article, Candidate, Claim
from sources.wire import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from claims.endpoint.terms import Terms

COMPARED_WITH = 10  # claims that the built-in search finds nearest
SAME = 0.5  # from here on the model takes them for one claim


def is_wanted() -> bool:
    """Whether there is a model to be asked."""
    return terms_for(Use.MATCHING) is not None


def compare(article: Article, *, now: datetime) -> None:
    """
    Have the model say of each open candidate which tracked claim it repeats, if any.

    Each is asked about once: where the model does not answer, the built-in search
    stands and the candidate says why. Waits for the model, so it is for workers.
    """
    terms = terms_for(Use.MATCHING)
    if terms is None:
        return
    due = list(article.candidates.open().uncompared().in_reading_order())
    found = nearest([each.text for each in due], most=COMPARED_WITH) if due else []
    for candidate, matches in zip(due, found, strict=True):
        # Taken before it is asked about: another worker may have the same article.
        mine = Candidate.objects.uncompared().filter(pk=candidate.pk)
        if mine.update(compared_at=now):
            _compare(candidate, [match.claim for match in matches], terms, now=now)
    tell([f"article:{article.pk}"])


def _compare(
    candidate: Candidate, keys: Sequence[object], terms: Terms, *, now: datetime
) -> None:
    known = Claim.objects.only("statement").in_bulk(keys)
    claims = [known[key] for key in keys if key in known]
    if not claims:
        return
    fields: dict[str, object] = {"compared_by": terms.model}
    try:
        same = rank(
            candidate.text,
            [claim.statement for claim in claims],
            terms=terms,
            now=now,
        )
    except NoAnswer as exc:
        fields["compared_why_not"] = exc.why
    else:
        scored = [(score or 0.0, -place) for place, score in enumerate(same)]
        best, place = max(scored)
        fields["repeats"] = claims[-place] if best >= SAME else None
    Candidate.objects.filter(pk=candidate.pk).update(**fields)
