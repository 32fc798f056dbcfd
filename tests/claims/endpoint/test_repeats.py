"""Which tracked claim a candidate repeats, as the plugged-in model has it."""

import pytest
from django.urls import reverse

from claims import intake, repeats
from claims.desk.compared import preferred
from claims.models import Candidate, Claim
from tests.claims.endpoint.oracle import completion
from tests.factories import NOON, a_claim, a_person, an_article
from tests.sources.press import answer

pytestmark = pytest.mark.django_db

TEXT = '"The dam held through the night," Mayor Ada Quill said.'


@pytest.fixture
def plugged_in(oracle, settings):
    for name, value in oracle.settings().items():
        setattr(settings, name, value)
    settings.EXTRACTION_API_FOR = frozenset({"matching"})
    return oracle


@pytest.fixture
def held():
    return a_claim(statement="The dam held through the whole night.")


@pytest.fixture
def candidate(held):
    article = an_article(TEXT)
    [candidate] = intake.propose(article, at=NOON)
    return candidate


def compared(candidate):
    repeats.compare(candidate.article, now=NOON)
    candidate.refresh_from_db()
    return candidate


def shown(candidate, built_in=None):
    found = preferred([candidate], {candidate.pk: built_in} if built_in else {})
    return found.get(candidate.pk)


def page_of(client, candidate):
    client.force_login(a_person())
    address = reverse("desk:article", args=[candidate.article_id])
    return client.get(address).content.decode()


def test_the_claim_that_the_model_takes_it_for_is_shown(
    plugged_in, candidate, held, client
):
    plugged_in.says({"claims": [{"id": 0, "same": 0.9}]})

    compared(candidate)

    assert (candidate.repeats, candidate.compared_by) == (held, "oracle-1")
    assert shown(candidate) == held
    page = page_of(client, candidate)
    assert "The model that is plugged in takes it for the same claim." in page
    assert 'title="oracle-1"' in page


def test_what_the_model_takes_for_another_claim_is_not_shown(
    plugged_in, candidate, held
):
    plugged_in.says({"claims": [{"id": 0, "same": 0.2}]})

    compared(candidate)

    assert candidate.repeats is None
    assert shown(candidate, built_in=held) is None


def test_of_claims_that_came_later_the_built_in_search_is_heard(
    plugged_in, candidate, held
):
    plugged_in.says({"claims": [{"id": 0, "same": 0.2}]})
    compared(candidate)
    later = a_claim(statement="The dam held all night.")
    Claim.objects.filter(pk=later.pk).update(created_at=NOON.replace(hour=13))
    later.refresh_from_db()

    assert shown(candidate, built_in=later) == later


def test_where_the_model_fails_the_built_in_search_stands_and_says_why(
    plugged_in, candidate, held, client
):
    plugged_in.on(answer(status=500))

    compared(candidate)

    page = page_of(client, candidate)
    assert candidate.compared_why_not == "failed"
    assert shown(candidate, built_in=held) == held
    assert "Found by the built-in search, in the place of the model" in page
    assert "It answered that something went wrong there." in page


def test_a_candidate_is_asked_about_once(plugged_in, candidate):
    plugged_in.says({"claims": []})

    compared(candidate)
    plugged_in.gives(completion({"claims": [{"id": 0, "same": 1}]}))
    compared(candidate)

    assert len(plugged_in.asked) == 1
    assert not Candidate.objects.uncompared().exists()


def test_without_claims_nearby_nobody_is_asked(plugged_in):
    [candidate] = intake.propose(an_article(TEXT), at=NOON)

    compared(candidate)

    assert plugged_in.asked == []
    assert candidate.compared_by == ""


def test_without_a_model_the_built_in_one_says_what_it_repeats(oracle, candidate, held):
    compared(candidate)

    assert oracle.asked == []
    assert candidate.repeats == held
    assert candidate.compared_by == "all-MiniLM-L6-v2-onnx-int8"


def test_without_a_model_a_claim_about_something_else_is_no_repeat(oracle):
    a_claim(statement="The dam at Hallin was sold to a company from abroad.")
    [candidate] = intake.propose(an_article(TEXT), at=NOON)

    compared(candidate)

    assert candidate.repeats is None
    assert candidate.compared_by == ""
