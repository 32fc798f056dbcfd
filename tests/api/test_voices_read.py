"""A program's verdict is about what others said of the claim when it read that."""

import pytest

from claims import editing
from claims.vocabulary import ClaimStatus
from tests.api.conftest import a_program
from tests.factories import NOON, a_claim, a_person, an_assessment

pytestmark = pytest.mark.django_db

SECOND = ("second", ClaimStatus.SECOND_REVIEW, {"verdict": "false"})
THIRD = ("arbitrate", ClaimStatus.ARBITRATION, {"verdict": "false", "note": "So."})
JUDGEMENTS = pytest.mark.parametrize(("name", "status", "body"), [SECOND, THIRD])


@pytest.fixture
def ben(db):
    return a_program("reviewer")


def tag(caller, claim):
    return caller.get(f"claims/{claim.pk}").headers["ETag"]


def judge(caller, claim, name, body, **headers):
    return caller.post(f"claims/{claim.pk}/moves/{name}", body, **headers)


def taken_back(claim, voice):
    editing.take_back(voice, by=a_person(), at=NOON, reason="Another strike.")


def changed(claim, voice):
    editing.change_assessment(
        voice,
        version=voice.version,
        by=a_person(),
        at=NOON,
        statement="None were seen.",
    )


def added(claim, voice):
    an_assessment(claim)


@JUDGEMENTS
@pytest.mark.parametrize("happens", [taken_back, changed, added])
def test_a_verdict_on_what_others_do_not_say_any_more_is_refused(
    ben, name, status, body, happens
):
    claim = a_claim(status)
    voice = an_assessment(claim)
    read = tag(ben, claim)
    happens(claim, voice)

    answer = judge(ben, claim, name, body, If_Match=read)

    assert (answer.status_code, answer.body["code"]) == (412, "overtaken")
    assert answer.headers["ETag"] == tag(ben, claim) != read
    assert answer.body["current"]["id"] == str(claim.pk)
    claim.refresh_from_db()
    assert claim.status == status
    again = judge(ben, claim, name, body, If_Match=answer.headers["ETag"])
    assert again.body["status"] == "published"


@JUDGEMENTS
def test_a_verdict_has_to_say_what_it_is_about(ben, name, status, body):
    claim = a_claim(status)

    unsaid = judge(ben, claim, name, body)
    of_another = judge(ben, claim, name, body, If_Match=tag(ben, a_claim()))
    without_voices = ".".join(tag(ben, claim).split(".")[::2])
    half_said = judge(ben, claim, name, body, If_Match=without_voices)
    malformed = judge(ben, claim, name, {"verdict": "certain"})

    assert (unsaid.status_code, of_another.status_code) == (428, 412)
    assert half_said.status_code == 412
    assert malformed.status_code == 400
    claim.refresh_from_db()
    assert claim.status == status


def test_what_is_only_suggested_takes_no_verdict_back(ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    read = tag(ben, claim)
    an_assessment(claim, by=a_person("contributor"))

    answer = judge(ben, claim, *SECOND[::2], If_Match=read)

    assert answer.body["status"] == "published"


def test_what_others_say_does_not_get_in_the_way_of_a_change_of_words(ben):
    claim = a_claim()
    read = tag(ben, claim)
    an_assessment(claim)

    changed = ben.patch(f"claims/{claim.pk}", {"topics": ["strike"]}, If_Match=read)

    assert changed.status_code == 200
