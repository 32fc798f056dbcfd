"""The project's running example, from its text to the disagreements in it."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from claims import editing, intake
from claims.models import Claim
from tests.factories import NOON, a_person

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SEED.is_dir(), reason=f"NOT TESTED: the running example is not at {SEED}"
    ),
]


@pytest.fixture
def gold():
    return json.loads((SEED / "gold.json").read_text())


@pytest.fixture
def claims(gold) -> dict[str, Claim]:
    """The claims of the example by the ids of its annotation, accepted at the desk."""
    editor = a_person("editor")
    article = intake.add_article(
        text=(SEED / "article.txt").read_text(),
        source_url="https://paper.example/seed",
        by=editor,
        at=NOON,
    )
    candidates = intake.propose(article, at=NOON)
    found = {}
    for statement in gold["attributions"]:
        start, end = statement["content"][0]
        candidate = next(
            (c for c in candidates if c.start < end and start < c.end), None
        )
        if candidate is not None:
            candidates.remove(candidate)
            found[statement["id"]] = intake.accept(candidate, by=editor, at=NOON)
        else:  # what the machine did not see, a person adds
            claimant = editing.claimant_named(
                statement["claimant"],
                kind=statement["claimant_kind"],
                by=editor,
                at=NOON,
            )
            found[statement["id"]] = editing.create_claim(
                statement=statement["content_text"],
                claimant=claimant,
                by=editor,
                at=NOON,
            )
    return found


def test_its_thirteen_contradictions_and_supports_can_be_entered_and_are_shown(
    client, gold, claims
):
    ana = a_person()
    for relation in gold["relations"]:
        said = claims[relation["assessment"]]
        editing.add_assessment(
            claims[relation["claim"]],
            based_on=said,
            assessor=said.claimant,
            statement=said.statement,
            stance=relation["stance"],
            by=ana,
            at=NOON,
        )

    minimal_damage = claims["s03"]
    counted = Claim.objects.with_assessment_counts().get(pk=minimal_damage.pk)
    assert (counted.against, counted.in_favour) == (3, 0)
    client.force_login(ana)
    page = client.get(reverse("desk:claim", args=[minimal_damage.pk]))
    shown = page.content.decode()
    for name in ("Trita Parsi", "Behnam Ben Taleblu", "Iranian experts"):
        assert name in shown
    assert shown.count("Contradicts") >= 3


def test_most_of_what_it_reports_is_proposed_by_the_machine(claims):
    proposed = [claim for claim in claims.values() if claim.candidates.exists()]

    assert len(proposed) >= 25
    assert len({claim.claimant_id for claim in proposed}) >= 14
