"""A second verdict is about what others said of the claim when it was read."""

import pytest

from claims import editing, workflow
from claims.errors import WordsChanged
from claims.vocabulary import ClaimStatus
from claims.workflow.seen import mark_of
from tests.factories import NOON, a_claim, a_person, an_assessment

pytestmark = pytest.mark.django_db


def taken_back(claim, voice):
    editing.take_back(voice, by=a_person(), at=NOON, reason="Another strike.")


def changed(claim, voice):
    editing.change_assessment(
        voice,
        version=voice.version,
        by=a_person(),
        at=NOON,
        statement="The pictures show nothing.",
    )


def added(claim, voice):
    an_assessment(claim)


def seen(claim):
    return workflow.Seen(words=claim.version, voices=mark_of(claim.assessments.all()))


@pytest.mark.parametrize("happens", [taken_back, changed, added])
def test_a_second_verdict_on_what_others_do_not_say_any_more_is_refused(happens):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    voice = an_assessment(claim)
    before, ben = seen(claim), a_person()
    happens(claim, voice)

    with pytest.raises(WordsChanged):
        workflow.second(claim, verdict="false", by=ben, at=NOON, seen=before)

    assert claim.reviews.get().second_verdict == ""
    workflow.second(claim, verdict="false", by=ben, at=NOON, seen=seen(claim))
    assert claim.reviews.get().second_verdict == "false"


def test_an_arbiter_is_told_as_well():
    claim = a_claim(ClaimStatus.ARBITRATION)
    voice = an_assessment(claim)
    before = seen(claim)
    taken_back(claim, voice)

    with pytest.raises(WordsChanged):
        workflow.arbitrate(
            claim, verdict="false", note="So.", by=a_person(), at=NOON, seen=before
        )


def test_what_nobody_stands_behind_changes_nothing():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    before = seen(claim)
    editing.reject(
        an_assessment(claim, by=a_person("contributor")), by=a_person(), at=NOON
    )

    done = workflow.second(claim, verdict="false", by=a_person(), at=NOON, seen=before)

    assert done.status == ClaimStatus.PUBLISHED


def test_the_desk_says_so_and_keeps_what_was_typed(client):
    claim, ben = a_claim(ClaimStatus.SECOND_REVIEW), a_person()
    voice = an_assessment(claim)
    before = seen(claim)
    taken_back(claim, voice)
    client.force_login(ben)

    answer = client.post(
        f"/desk/claims/{claim.pk}/second/",
        {"verdict": "false", "note": "Mine.", "seen_voices": before.voices},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What others say about this claim was changed" in page
    assert "Mine." in page
    assert f'name="seen_voices" value="{seen(claim).voices}"' in page
