"""Whether a statement clashes with a claim, and which words do."""

import pytest

from claims.disagreement.signals import Kind, Label, judge

CLASHING = {
    "figures that count the same": (
        "The survey found that 80 percent of the wells are poisoned.",
        "Only 60 percent of the wells are poisoned.",
        Kind.NUMBER,
        ("80 percent", "60 percent"),
    ),
    "what one denies": (
        "The company did not warn the villagers before the flood.",
        "The company warned the villagers before the flood.",
        Kind.NEGATION,
        ("not warn", "warned"),
    ),
    "what is not so": (
        "The water of the old well is not safe.",
        "The water of the old well is safe.",
        Kind.NEGATION,
        ("not safe", "safe"),
    ),
    "days": (
        "The bridge was closed on Tuesday.",
        "The bridge was closed on Monday.",
        Kind.DATE,
        ("Tuesday", "Monday"),
    ),
    "directions": (
        "Unemployment in the valley has risen since the mill was sold.",
        "Unemployment in the valley has fallen since the mill was sold.",
        Kind.OPPOSITE,
        ("risen", "fallen"),
    ),
    "an end and what goes on": (
        "The strike of the tram drivers will continue.",
        "The strike of the tram drivers is at an end.",
        Kind.OPPOSITE,
        ("continue", "end"),
    ),
    "opposites": (
        "The harbour bridge is old and dangerous.",
        "The harbour bridge is safe.",
        Kind.OPPOSITE,
        ("dangerous", "safe"),
    ),
    "places": (
        "The minister met the envoys in Vienna.",
        "The minister met the envoys in Geneva.",
        Kind.PLACE,
        ("Vienna", "Geneva"),
    ),
}


@pytest.mark.parametrize("name", CLASHING)
def test_words_that_clash_are_told_with_their_exact_places(name):
    statement, claim, kind, words = CLASHING[name]

    found = judge(statement, claim).clashes

    told = {
        (
            clash.kind,
            statement[clash.statement.start : clash.statement.end],
            clash.claim and claim[clash.claim.start : clash.claim.end],
        )
        for clash in found
    }
    assert (kind, *words) in told or (Kind.EVALUATION, *words) in told


def test_words_about_the_words_of_a_speaker_clash_with_what_they_said():
    statement = (
        "Norland's cheerful report may be an attempt to calm investors rather than "
        "an honest account of the leak."
    )
    claim = "The leak at the refinery was small."

    found = judge(statement, claim, speaker="Norland").clashes

    told = [
        (clash.kind, statement[clash.statement.start : clash.statement.end])
        for clash in found
    ]
    assert (Kind.CHARACTERISATION, "attempt to") in told
    assert any(words.startswith("rather than an honest account") for _, words in told)


def test_what_is_granted_before_the_comma_clashes_with_nothing():
    claim = "The strike of the tram drivers is at an end."

    granted = judge("While the strike continues, the tram drivers may work.", claim)
    meant = judge("The strike of the tram drivers continues.", claim)

    assert "continues" not in _words(granted)
    assert meant.clashes


def test_statements_about_different_things_do_not_clash():
    found = judge("The orchestra plays on Sunday.", "Wheat grew dearer in March.")

    assert found.clashes == ()
    assert found.strength == 0


def test_the_same_words_agree():
    said = "The dam above the town holds 40 million tonnes of water."

    found = judge(said, said)

    assert found.label == Label.ENTAILMENT
    assert found.clashes == ()


def test_scores_are_shares_of_one():
    found = judge("A man is asleep on a bench.", "A man is running.")

    assert sum(found.scores.values()) == pytest.approx(1)
    assert found.label == Label.CONTRADICTION


@pytest.mark.parametrize(
    "text",
    ["", "   ", "!", "—", "👍👍", "12", "a" * 5_000, "ا ل ع", "\n\n\t", "not " * 900],
)
def test_no_text_is_too_odd_to_be_judged(text):
    for one, other in ((text, "The dam held."), ("The dam held.", text), (text, text)):
        found = judge(one, other, speaker=text)
        assert sum(found.scores.values()) == pytest.approx(1)
        for clash in found.clashes:
            assert one[clash.statement.start : clash.statement.end]


def test_offsets_count_code_points():
    statement = "👍🏽 Naïve! The dam broke on Tuesday."
    claim = "😀 The dam broke on Monday."

    found = judge(statement, claim).clashes

    assert [
        (
            statement[clash.statement.start : clash.statement.end],
            clash.claim and claim[clash.claim.start : clash.claim.end],
        )
        for clash in found
    ] == [("Tuesday", "Monday")]


def _words(found):
    return [clash.statement for clash in found.clashes]
