"""A long list of evidence: told in lines where nothing is wrong, and whole on demand."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from claims.desk.folding import WHOLE_AT_MOST
from claims.vocabulary import AssessmentState, ClaimStatus
from sources.models import Sighting
from sources.vocabulary import PassageState
from tests.factories import NOON, a_citation, a_claim, a_person, an_assessment

pytestmark = pytest.mark.django_db
MORE = 3


@pytest.fixture
def claim():
    found = a_claim(ClaimStatus.IN_REVIEW)
    for _ in range(WHOLE_AT_MOST + MORE):
        a_citation(an_assessment(found))
    return found


def opened(client, claim, name="claim", **asked):
    client.force_login(a_person())
    answer = client.get(
        reverse(f"desk:{name}", args=[claim.pk]),
        asked,
        headers={"HX-Request": "true"} if name == "sources" else {},
    )
    return LexborHTMLParser(answer.content.decode())


def whole(page):
    """The evidence and the assessments that are shown with all that is known of them."""
    return (
        page.css(".evidence:has(.source-head)"),
        page.css(".assessments > li:has(.quote)"),
    )


def test_the_first_ten_are_whole_and_of_the_rest_a_line_tells(client, claim):
    page = opened(client, claim)

    sources, assessments = whole(page)
    assert len(sources) == len(assessments) == WHOLE_AT_MOST
    assert len(page.css(".evidence")) == WHOLE_AT_MOST + MORE + 1
    assert len(page.css(".assessments > li")) == WHOLE_AT_MOST + MORE


def test_each_line_leads_to_the_same_place_shown_whole(client, claim):
    line = opened(client, claim).css(".evidence")[-1]

    [show] = [a for a in line.css("a") if a.text() == "Show"]
    assert show.attributes["href"].endswith(f"?whole=1#{line.attributes['id']}")
    sources, assessments = whole(opened(client, claim, whole=1))
    assert len(sources) == WHOLE_AT_MOST + MORE + 1
    assert len(assessments) == WHOLE_AT_MOST + MORE


def test_what_follows_the_workers_stays_as_it_was_opened(client, claim):
    assert (
        "whole" not in opened(client, claim).css_first("#sources").attributes["hx-get"]
    )
    address = opened(client, claim, whole=1).css_first("#sources").attributes["hx-get"]
    assert address.endswith("?whole=1")
    part = opened(client, claim, "sources", whole=1)
    assert len(whole(part)[0]) == WHOLE_AT_MOST + MORE + 1
    assert len(whole(opened(client, claim, "sources"))[0]) == WHOLE_AT_MOST


def test_words_that_broke_and_what_is_to_be_decided_are_never_folded(client, claim):
    last = claim.assessments.oldest_first().last()
    last.state, last.decided_by, last.decided_at = AssessmentState.SUGGESTED, None, None
    last.save()
    passage = last.citations.get().passage
    passage.state = PassageState.MISSING
    passage.start = passage.end = passage.snapshot = None
    passage.save()
    Sighting.objects.create(passage=passage, at=NOON, state=PassageState.MISSING)

    page = opened(client, claim)

    assert page.css_first(f"#assessment-{last.pk} .quote")
    sources, _ = whole(page)
    assert passage.source.name in {
        each.css_first("h3").text().strip() for each in sources
    }
