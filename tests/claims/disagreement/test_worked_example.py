"""An article that people marked, lying beside the project: what is suggested of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from claims.disagreement.comparing import Said, among

EXAMPLE = Path(__file__).parents[4] / "shared" / "seed" / "gold.json"
FIRST = 20
LEAST = 6

pytestmark = pytest.mark.skipif(
    not EXAMPLE.exists(), reason=f"the worked example is not at {EXAMPLE}"
)


def test_most_contradictions_are_among_the_first_suggestions():
    marked = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    wanted = {
        frozenset((relation["assessment"], relation["claim"]))
        for relation in marked["relations"]
        if relation["stance"] == "contradicts"
    }
    statements = [
        Said(
            key=each["id"],
            text=each["content_text"],
            speaker=each["claimant"],
            on=date(2024, 10, 26),
            order=place,
        )
        for place, each in enumerate(marked["attributions"])
    ]

    suggested = [
        frozenset((each.statement.key, each.against.key))
        for each in among(statements)[:FIRST]
    ]

    assert len(wanted & set(suggested)) >= LEAST
