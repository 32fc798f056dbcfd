"""What of a long list is told in one line, until somebody wants to see it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.desk.progress import At
from claims.vocabulary import AssessmentState
from sources.vocabulary import PassageState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from claims.desk.evidence import Evidence
    from claims.desk.progress import Work
    from claims.models import Assessment

WHOLE_AT_MOST = 10


def folded(
    work: Work, assessments: Sequence[Assessment] = (), *, whole: bool
) -> frozenset[UUID]:
    """
    Return the passages and assessments that are told in a line.

    What broke, what nobody has looked at yet and what is to be decided never is;
    where somebody asked for the `whole`, nothing is.
    """
    if whole:
        return frozenset()
    found = frozenset(
        step.evidence.passage.pk
        for step in work.steps[WHOLE_AT_MOST:]
        if _stands(step.evidence) and step.at is not At.FAILED
    )
    return found | frozenset(
        each.pk
        for each in assessments[WHOLE_AT_MOST:]
        if each.state != AssessmentState.SUGGESTED
    )


def _stands(each: Evidence) -> bool:
    return each.passage.state == PassageState.INTACT and not (each.waits or each.lost)
