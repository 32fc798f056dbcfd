"""The subjects that can be measured. Each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from claims.endpoint.terms import Use

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.evaluation.outcome import Outcome, Run

# A module with `evaluate(run: Run) -> Outcome`. Grammar and vectors take hundreds of
# megabytes, so measuring one subject does not load what another one needs.
SUBJECTS = {
    "contradiction": "claims.evaluation.contradiction",
    "extraction": "claims.evaluation.reading",
    "matching": "claims.evaluation.matching",
}


# Those that can also be measured with a plugged-in model, and what that is asked for.
PLUGGABLE = {
    "extraction": Use.EXTRACTION,
}


def subject(name: str) -> Callable[[Run], Outcome]:
    """Return what measures a subject."""
    evaluate: Callable[[Run], Outcome] = import_module(SUBJECTS[name]).evaluate
    return evaluate
