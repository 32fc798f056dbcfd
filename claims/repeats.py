"""Which tracked claim a candidate repeats: by the plugged-in model, or the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.endpoint.ranking import rank
from claims.endpoint.terms import Use, terms_for
from claims.errors import NoAnswer
from claims.matching import nearest
from claims.models import Article, Candidate, Claim
from claims.models.imprint import BUILT_IN
from sources.wire import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from claims.endpoint.terms import Terms
    from claims.matching import Match

COMPARED_WITH = 10  # claims that the built-in search finds nearest
SAME = 0.5  # from here on the model takes them for one claim


def compare(article: Article, *, now: datetime) -> None:
    """
    Have each open candidate say which tracked claim it repeats, if any.

    Each is asked about once, the plugged-in model where there is one: where that does
    not answer, the built-in search stands and the candidate says why. Waits for the
    model, so it is for workers.
    """
    terms = terms_for(Use.MATCHING)
    due = list(article.candidates.open().uncompared().in_reading_order())
    found = nearest([each.text for each in due], most=COMPARED_WITH) if due else []
    for candidate, matches in zip(due, found, strict=True):
        # Taken before it is asked about: another worker may have the same article.
        mine = Candidate.objects.uncompared().filter(pk=candidate.pk)
        if not mine.update(compared_at=now):
            continue
        if terms is None:
            _keep_nearest(candidate, matches)
        else:
            _compare(candidate, [match.claim for match in matches], terms, now=now)
    tell([f"article:{article.pk}"])


def _keep_nearest(candidate: Candidate, matches: Sequence[Match]) -> None:
    """Keep the nearest claim, where it is more likely than not the same one."""
    if matches and matches[0].probability >= SAME:
        Candidate.objects.filter(pk=candidate.pk).update(
            repeats=matches[0].claim, compared_by=BUILT_IN
        )


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
