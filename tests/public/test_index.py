"""The front page and its search."""

import pytest
from django.urls import reverse

from claims import editing
from claims.public import index
from claims.vocabulary import ClaimStatus, Verdict
from sources.models import Passage, Sighting, Source
from sources.vocabulary import PassageState
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
    seen_intact,
)
from tests.public.reading import HOSTILE, read, scripts_that_run, text

pytestmark = pytest.mark.django_db
FRONT = reverse("public:index")


def test_it_says_what_to_expect_while_nothing_is_published(client):
    a_claim(ClaimStatus.IN_REVIEW)

    page = client.get(FRONT)

    assert page.status_code == 200
    assert "Nothing is published yet" in text(page)


def test_it_leads_with_what_was_published_last(client):
    a_claim(ClaimStatus.PUBLISHED, statement="The first of the two.")
    newest = a_claim(
        ClaimStatus.PUBLISHED, statement="The second of the two.", verdict=Verdict.TRUE
    )
    an_assessment(newest)

    page = client.get(FRONT)

    lead = read(page).css_first(".lead").text()
    assert "The second of the two." in lead
    assert "True" in lead
    assert "The first of the two." in text(page)


def test_it_tells_of_quotations_that_broke_and_of_corrections(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    passage.state, passage.state_since = PassageState.ALTERED, NOON
    passage.save()
    Sighting.objects.create(
        passage=passage, at=NOON, state=PassageState.ALTERED, found="only some damage"
    )
    a_claim(ClaimStatus.RETRACTED, statement="It was all invented.")

    words = text(client.get(FRONT))

    assert "“only minor damage”" in words
    assert "Words were changed" in words
    assert "It was all invented." in words
    assert "Retraction" in words


def brief(client):
    page = read(client.get(FRONT))
    return [each.text() for each in page.css(".briefs li")]


def test_a_page_is_listed_once_however_many_of_its_words_it_lost(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    source = claim.citations.get().passage.source
    seen_intact(
        editing.cite(
            an_assessment(claim),
            url=source.url,
            exact="it rained",
            by=a_person(),
            at=NOON,
        ).passage
    )
    Source.objects.filter(pk=source.pk).update(state="gone", state_since=NOON)

    listed = [each for each in brief(client) if "Gone from the web" in each]

    assert len(listed) == 1
    assert "Words that changed, pages that went" in text(client.get(FRONT))


@pytest.mark.parametrize(
    ("state", "page_state"), [("altered", "live"), ("unverifiable", "gone")]
)
def test_words_that_were_never_seen_are_not_listed_as_lost(client, state, page_state):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = a_citation(
        an_assessment(claim), exact="rose by 9 per cent", intact=False
    ).passage
    passage.state = state
    passage.save()
    Source.objects.filter(pk=passage.source_id).update(state=page_state)

    assert not [each for each in brief(client) if "per cent" in each]


def test_words_and_filters_narrow_it(client):
    bridge = a_claim(
        ClaimStatus.PUBLISHED,
        statement="The bridge stands.",
        topics=["Roads"],
        claimant=a_claimant("Ada Quill"),
    )
    a_claim(ClaimStatus.PUBLISHED, statement="The tunnel fell in.")

    for query in ({"q": "bridge"}, {"topic": "Roads"}, {"q": bridge.claimant.name}):
        words = text(client.get(FRONT, query))
        assert "The bridge stands." in words
        assert "The tunnel fell in." not in words
        assert "1 claim" in words


def test_it_says_what_to_do_when_nothing_matches(client):
    a_claim(ClaimStatus.PUBLISHED)

    words = text(client.get(FRONT, {"q": "zebra"}))

    assert "No published claim matches" in words
    assert "Try fewer or other words" in words


def test_htmx_gets_the_part_and_a_browser_the_page(client):
    a_claim(ClaimStatus.PUBLISHED, statement="The bridge stands.")

    part = client.get(FRONT, {"q": "bridge"}, headers={"HX-Request": "true"})

    assert part.content.decode().lstrip().startswith('<div id="found"')
    assert "HX-Request" in part["Vary"]


def test_pages_lead_to_older_and_back(client, monkeypatch):
    monkeypatch.setattr(index, "ITEMS_ON_A_PAGE", 2)
    claims = [a_claim(ClaimStatus.PUBLISHED) for _ in range(3)]

    first = client.get(FRONT)
    older = client.get(FRONT + read(first).css_first("a[rel=next]").attributes["href"])
    back = client.get(FRONT + read(older).css_first("a[rel=prev]").attributes["href"])

    assert claims[0].statement not in text(first)
    assert claims[0].statement in text(older)
    assert claims[2].statement in text(back)


@pytest.mark.parametrize(
    "query",
    [
        "older=x",
        "newer=0000",
        "older=20260314T120000.000000-zz",
        "older=%00",
        "older=%F0",
    ],
)
def test_a_place_that_was_not_given_out_is_refused(client, query):
    page = client.get(f"{FRONT}?{query}")

    assert page.status_code == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "a" * 10_000}, "at most 200 characters"),
        ({"q": "a\u202eb"}, "hidden character U+202E"),
        ({"verdict": "nonsense"}, "Choose one of the verdicts"),
        ({"topic": "a" * 100}, "Topic"),
    ],
)
def test_a_search_that_cannot_be_read_says_why(client, query, said):
    page = client.get(FRONT, query)

    assert page.status_code == 400
    assert said in text(page)
    assert len(page.content) < 40_000


@pytest.mark.parametrize("raw", ["%00", "%ED%A0%80", "%FF%FE", "a" * 1_000_000])
def test_no_query_breaks_it(client, raw):
    page = client.get(f"{FRONT}?q={raw}")

    assert page.status_code in {200, 400}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client, words):
    a_claim(
        ClaimStatus.PUBLISHED,
        statement=f"damage {words}",
        claimant=a_claimant(words),
        topics=[words],
        language="en",
    )

    for page in (client.get(FRONT), client.get(FRONT, {"q": "damage " + words})):
        assert page.status_code == 200
        assert scripts_that_run(page) == []
        assert read(page).css("img, [onerror], [onmouseover]") == []
        assert "49" not in text(page)


def test_it_asks_the_same_number_of_questions_however_much_there_is(
    client, django_assert_num_queries
):
    def one_more():
        claim = a_claim(ClaimStatus.PUBLISHED)
        a_citation(an_assessment(claim), exact="not so")
        claim.citations.get().passage.sightings.create(at=NOON, state="missing")
        Passage.objects.filter(citations__claim=claim).update(state="missing")
        a_claim(ClaimStatus.RETRACTED)

    one_more()
    Source.objects.filter(passages__state="intact").update(state="gone")
    with django_assert_num_queries(5):
        client.get(FRONT)
    for _ in range(3):
        one_more()

    with django_assert_num_queries(5):
        client.get(FRONT)
    with django_assert_num_queries(6):
        client.get(FRONT, {"q": "damage"})


def test_strangers_get_no_cookie_and_may_keep_the_answer(client):
    a_claim(ClaimStatus.PUBLISHED)

    page = client.get(FRONT)

    assert not page.cookies
    assert "public" in page["Cache-Control"]
    assert "Cookie" in page["Vary"]


def test_who_is_signed_in_gets_an_answer_of_their_own(client):
    client.force_login(a_person("reviewer"))

    page = client.get(FRONT)

    assert "private" in page["Cache-Control"]
    assert "ETag" not in page


def test_a_reader_who_comes_back_gets_only_what_changed(client):
    a_claim(ClaimStatus.PUBLISHED)
    mark = client.get(FRONT)["ETag"]

    unchanged = client.get(FRONT, headers={"If-None-Match": mark})
    a_claim(ClaimStatus.PUBLISHED)
    changed = client.get(FRONT, headers={"If-None-Match": mark})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


def test_it_cannot_be_written_to(client):
    assert client.post(FRONT).status_code == 405
