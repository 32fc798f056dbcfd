"""What the machine suggests, as its workers leave it: contradictions and repeats."""

from claims.models import Candidate, Claim, Clash
from claims.models.imprint import BUILT_IN
from claims.vocabulary import Stance
from tests.factories import NOON, a_citation, a_claim, a_claimant, an_assessment


def clashing(said, against, *pairs):
    """The words of two statements that clash, as they are kept."""
    return [
        {
            "kind": kind,
            "statement": [said.index(one), said.index(one) + len(one)],
            "said": one,
            "claim": [against.index(other), against.index(other) + len(other)],
            "against": other,
        }
        for kind, one, other in pairs
    ]


def contradicts_a_claim(candidate: Candidate) -> Clash:
    """Whoever said this said otherwise before, and a plugged-in model agrees."""
    against = a_claim(statement="Gate 12 of the dam gave way before the night.")
    return Clash.objects.create(
        candidate=candidate,
        against=against,
        words=clashing(
            candidate.text,
            against.statement,
            ("opposite", "held", "gave way"),
            ("date", "through the night", "before the night"),
        ),
        strength=1.4,
        reversal=True,
        created_at=NOON,
        judged_at=NOON,
        judged_by="oracle-1",
    )


def contradict_each_other(one: Candidate, other: Candidate) -> Clash:
    number = [candidate.text.split()[1] for candidate in (one, other)]
    return Clash.objects.create(
        candidate=one,
        against_candidate=other,
        words=clashing(one.text, other.text, ("number", *number)),
        strength=0.9,
        created_at=NOON,
    )


def repeats(candidate: Candidate) -> Claim:
    """The built-in search found a claim that says the same."""
    claim = a_claim(statement="All night long, the sixth gate of the dam stood firm.")
    Candidate.objects.filter(pk=candidate.pk).update(
        repeats=claim, compared_by=BUILT_IN, compared_at=NOON
    )
    return claim


def suggested_about(claim: Claim, by) -> Clash:
    """An assessment that nobody stands behind, with the words that the machine saw."""
    other = a_claim(
        statement="The strike destroyed a hall at two sites.",
        claimant=a_claimant("Water Board"),
    )
    found = an_assessment(claim, stance=Stance.CONTRADICTS, by=by)
    found.statement = other.statement
    found.based_on = other
    found.save()
    return Clash.objects.create(
        claim=other,
        against=claim,
        words=clashing(
            other.statement, claim.statement, ("opposite", "destroyed", "minor damage")
        ),
        strength=1.1,
        assessment=found,
        created_at=NOON,
    )


def much_cited(claim: Claim, pages: int) -> Claim:
    """A claim with more voices and pages than are shown whole at first."""
    for number in range(pages):
        a_citation(an_assessment(claim), exact=f"hall {number} stands without a roof")
    return claim
