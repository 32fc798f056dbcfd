"""The page of a claim."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from claims import document, editing, workflow
from claims.models import Claim, Review
from claims.vocabulary import ClaimStatus, Stance, Verdict
from sources.models import Check, Sighting, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    a_snapshot,
    an_assessment,
)
from tests.public.reading import HOSTILE, json_ld, read, scripts_that_run, text

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


def a_corrected_claim():
    """Published as false at noon, as mixed two days later."""
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.MIXED, summary="New pictures.", by=writer, at=LATER
    )
    workflow.submit(
        claim,
        by=writer,
        at=LATER,
        correction_kind="correction",
        correction_note="Three, not five.",
    )
    workflow.second(claim, verdict=Verdict.MIXED, by=a_person(), at=LATER)
    return Claim.objects.get(pk=claim.pk)


def broken(passage, state, *, found=""):
    passage.state, passage.state_since = state, LATER
    passage.start = passage.end = None
    passage.save()
    Sighting.objects.create(
        passage=passage,
        at=LATER,
        state=state,
        found=found,
        snapshot=a_snapshot(passage.source, f"Now: {found}"),
    )


def flat(node):
    return " ".join(node.text().split())


# --- What stands --------------------------------------------------------------


def test_it_tells_who_said_what_and_what_was_found(client):
    claim = a_claim(
        ClaimStatus.PUBLISHED,
        claimant=a_claimant("Ada Quill"),
        role_at_time="mayor of Port Ellery",
        said_at=NOON,
        said_at_precision="month",
    )

    words = text(client.get(claim.get_absolute_url()))

    for part in (
        "Ada Quill",
        "mayor of Port Ellery",
        "said on March 2026",
        claim.statement,
        "False",
        "Satellite images show two halls without a roof.",
        "Three sets of images were compared.",
    ):
        assert part in words


def test_it_tells_who_contradicts_and_who_supports_it_with_their_pages(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    against = an_assessment(claim, stance=Stance.CONTRADICTS)
    a_citation(against, exact="the roof is gone")
    supporting = an_assessment(claim, stance=Stance.SUPPORTS)

    page = read(client.get(claim.get_absolute_url()))

    voice = page.css_first(f"#voice-{against.pk}").text()
    assert against.assessor.name in voice
    assert against.statement in voice
    assert "Words stand" in voice
    assert supporting.statement in page.css_first(f"#voice-{supporting.pk}").text()
    assert "the roof is gone" in page.css_first(".sources").text()


def test_the_quotation_stands_in_its_context(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited blockquote")

    assert cited.css_first("mark").text() == "only minor damage"
    assert cited.text().startswith("Before. only minor damage After")


def test_changed_words_are_shown_side_by_side(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    broken(passage, PassageState.ALTERED, found="only 3 of damage")

    page = read(client.get(claim.get_absolute_url()))

    cited = page.css_first(".cited")
    assert "Words were changed" in cited.text()
    assert cited.css_first("del").text().strip() == "minor"
    assert "3" in cited.css_first("ins.weighty").text()
    assert cited.css_first("blockquote mark").text() == "only minor damage"
    assert flat(cited).index("On 14 March 2026 it read:") < flat(cited).index(
        "Since 16 March 2026 it reads:"
    )


def test_a_difference_has_no_space_that_the_words_have_not(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    broken(passage, PassageState.ALTERED, found="only $48, major damage")

    diff = read(client.get(claim.get_absolute_url())).css_first(".diff")

    assert diff.text() == "only minor $48, major damage"
    assert diff.css_first("del").text() == "minor"


def a_misquotation(state, *, found=""):
    """A public claim, beside it words that its page was never seen to have."""
    claim = a_claim(ClaimStatus.PUBLISHED)
    citation = a_citation(
        an_assessment(claim), exact="rose by 9 per cent", intact=False
    )
    Source.objects.filter(pk=citation.passage.source_id).update(
        state=SourceState.LIVE, last_checked_at=LATER
    )
    broken(citation.passage, state, found=found)
    return claim


def test_nobody_is_told_to_have_changed_words_that_never_stood(client):
    claim = a_misquotation(PassageState.ALTERED, found="rose by 7 per cent")

    page = read(client.get(claim.get_absolute_url()))

    cited = page.css(".cited")[1]
    assert "Not the page's words: it reads otherwise" in flat(cited)
    assert flat(cited.css_first(".diff")) == "rose by 9 7 per cent"
    assert "changed" not in flat(page.css_first(".sources"))
    assert "16 March" not in flat(cited)


def test_nobody_is_told_to_have_removed_words_that_never_stood(client):
    claim = a_misquotation(PassageState.MISSING)

    page = read(client.get(claim.get_absolute_url()))

    cited = page.css(".cited")[1]
    assert "These words have not been found on the page" in flat(cited)
    assert "removed" not in flat(page.css_first(".sources"))
    assert "16 March" not in flat(cited)


def test_words_that_never_stood_are_no_copy_of_a_page_that_went(client):
    claim = a_misquotation(PassageState.ALTERED, found="rose by 7 per cent")
    Source.objects.update(state=SourceState.GONE, state_since=LATER)

    cited = read(client.get(claim.get_absolute_url())).css(".cited")[1]

    assert "before it went, it read otherwise" in flat(cited)
    assert "We keep this copy" not in flat(cited)


def test_a_page_that_answers_and_cannot_be_read_is_not_said_to_be_open(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    Check.objects.create(
        source=claim.citations.get().passage.source,
        lease_token=uuid4(),
        started_at=LATER,
        duration_ms=90,
        outcome=Outcome.UNSUPPORTED,
    )

    sources = read(client.get(claim.get_absolute_url())).css_first(".sources")

    assert "Answers, but cannot be read here" in flat(sources)
    assert "On the web" not in flat(sources)


@pytest.mark.parametrize("state", [SourceState.FAILING, SourceState.BLOCKED])
def test_words_are_not_said_to_stand_where_nobody_can_look(client, state):
    claim = a_claim(ClaimStatus.PUBLISHED)
    Source.objects.update(state=state)

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited")

    assert "Words stood when last seen" in flat(cited)
    assert cited.css(".state-intact") == []


def test_a_page_that_is_gone_shows_the_copy(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    source = claim.citations.get().passage.source
    Source.objects.filter(pk=source.pk).update(
        state=SourceState.GONE,
        state_since=LATER,
        archived_url="https://archive.example/1",
        archived_at=LATER,
    )

    page = read(client.get(claim.get_absolute_url()))

    sources = page.css_first(".sources")
    assert "Gone from the web since 16 March 2026" in flat(sources)
    assert "The page is gone. On 14 March 2026 it read:" in flat(sources)
    assert "Before. only minor damage After" in flat(sources)
    assert "We keep this copy" in sources.text()
    assert sources.css_first("mark").text() == "only minor damage"
    assert [link.attributes["href"] for link in sources.css("a")] == [
        "https://archive.example/1"
    ]


def test_words_that_were_removed_are_shown_as_the_page_read(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    broken(claim.citations.get().passage, PassageState.MISSING)

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited")

    assert "These words were removed. On 14 March 2026 it read:" in flat(cited)
    assert "Before. only minor damage After" in flat(cited)


def test_words_that_were_changed_before_the_page_went_are_told_apart(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    broken(passage, PassageState.ALTERED, found="only 3 of damage")
    Source.objects.update(state=SourceState.GONE, state_since=LATER)

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited")

    assert "The page is gone. On 14 March 2026 it read:" in flat(cited)
    assert "Before it went, these words had been changed:" in flat(cited)


def found_in_an_archive(passage, url):
    Sighting.objects.create(
        passage=passage,
        at=LATER,
        state=PassageState.INTACT,
        snapshot=a_snapshot(passage.source, f"In the archive: {passage.exact}."),
        memento_url=url,
    )


def test_an_archive_that_shows_the_words_is_a_click_away(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    broken(passage, PassageState.MISSING)
    found_in_an_archive(passage, "https://archive.example/7")

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited")

    (link,) = cited.css("a")
    assert link.attributes["href"] == "https://archive.example/7"
    # Our own copy comes first: it is the page as our workers saw it.
    assert "In the archive" not in cited.text()


def test_words_of_a_page_and_of_an_archive_can_do_nothing(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    hostile = " ".join(HOSTILE)
    snapshot = a_snapshot(passage.source, f"{hostile} {passage.exact} {hostile}")
    Sighting.objects.create(
        passage=passage, at=LATER, state=PassageState.INTACT, snapshot=snapshot
    )
    broken(passage, PassageState.MISSING)
    found_in_an_archive(passage, "javascript:alert(1)")
    Source.objects.update(
        state=SourceState.GONE, archived_url="javascript:alert(2)", archived_at=NOON
    )

    response = client.get(claim.get_absolute_url())

    cited = read(response).css_first(".cited")
    assert "<script>alert(1)</script>" in cited.text()
    assert not any("alert" in script for script in scripts_that_run(response))
    assert read(response).css("[onerror], [onmouseover], a[href^='javascript']") == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SourceState.GONE, "Words stood while the page did"),
        (SourceState.BLOCKED, "Words stood when last seen"),
    ],
)
def test_words_that_cannot_be_looked_for_any_more_are_shown_from_the_copy(
    client, state, words
):
    claim = a_claim(ClaimStatus.PUBLISHED)
    passage = claim.citations.get().passage
    passage.state = PassageState.UNVERIFIABLE
    passage.start = passage.end = passage.snapshot = None
    passage.save()
    Source.objects.update(state=state)

    cited = read(client.get(claim.get_absolute_url())).css_first(".cited")

    assert words in cited.text()
    assert cited.css_first("mark").text() == "only minor damage"
    assert "On 14 March 2026 it read:" in flat(cited)


def test_words_that_nobody_has_seen_yet_are_called_unconfirmed(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_citation(an_assessment(claim), exact="the roof is gone", intact=False)

    cited = read(client.get(claim.get_absolute_url())).css(".cited")[1]

    assert "Words not confirmed yet" in cited.text()
    assert "the roof is gone" in cited.text()
    assert "it read:" not in cited.text()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SourceState.MOVED, "Moved to another address"),
        (SourceState.BLOCKED, "Closed to our workers"),
        (SourceState.FAILING, "Not answering"),
        (SourceState.PENDING, "Not looked at yet"),
    ],
)
def test_the_state_of_a_page_is_told_in_words(client, state, words):
    claim = a_claim(ClaimStatus.PUBLISHED)
    Source.objects.update(state=state)

    assert words in text(client.get(claim.get_absolute_url()))


# --- What readers may not see -------------------------------------------------


@pytest.mark.parametrize(
    "status",
    [
        ClaimStatus.NEW,
        ClaimStatus.IN_REVIEW,
        ClaimStatus.SECOND_REVIEW,
        ClaimStatus.ARBITRATION,
        ClaimStatus.DISMISSED,
    ],
)
def test_what_is_not_published_is_not_there(client, status):
    claim = a_claim(status)

    for person in (None, a_person("admin")):
        if person:
            client.force_login(person)
        assert client.get(claim.get_absolute_url()).status_code == 404
        assert client.get(version_of(claim, 1)).status_code == 404


def test_a_review_in_the_making_and_its_sources_stay_at_the_desk(client):
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.TRUE, summary="SECRET SUMMARY", by=writer, at=LATER
    )
    draft = Review.objects.unpublished().get()
    editing.cite(
        draft, url="https://secret.example/", exact="SECRET WORDS", by=writer, at=LATER
    )
    an_assessment(claim, by=a_person("contributor"), stance="supports")

    response = client.get(claim.get_absolute_url())

    assert "SECRET" not in response.content.decode()
    assert "secret.example" not in response.content.decode()
    assert "False" in text(response)
    assert "The pictures show otherwise" not in text(response)
    assert "writing a new version" in text(response)


def test_what_was_published_stays_while_its_correction_is_seconded(client):
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    workflow.write_review(
        claim, verdict=Verdict.TRUE, summary="SECRET", by=writer, at=LATER
    )
    workflow.submit(
        claim, by=writer, at=LATER, correction_kind="update", correction_note="SECRET"
    )

    response = client.get(claim.get_absolute_url())

    assert response.status_code == 200
    assert "SECRET" not in response.content.decode()


def test_a_recheck_is_told_with_its_reason_and_without_the_desks_note(client):
    claim = a_claim(ClaimStatus.RECHECK)

    words = text(client.get(claim.get_absolute_url()))

    assert "The desk is looking at this claim again" in words
    assert "A reader's report" in words
    assert "A reader wrote." not in words


def test_a_claim_that_an_assessment_rests_on_is_named_once_it_is_public(client):
    claim = a_claim(ClaimStatus.PUBLISHED)
    for status, statement in (("new", "Nobody knows."), ("published", "All know.")):
        editing.add_assessment(
            claim,
            assessor=a_claimant(),
            stance="qualifies",
            statement="It rests.",
            based_on=a_claim(status, statement=statement),
            by=a_person(),
            at=NOON,
        )

    words = text(client.get(claim.get_absolute_url()))

    assert "All know." in words
    assert "Nobody knows." not in words


# --- Versions -----------------------------------------------------------------


def version_of(claim, number):
    return reverse("public:claim-version", args=[claim.pk, number])


def test_a_correction_is_told_with_both_verdicts(client):
    claim = a_corrected_claim()

    page = read(client.get(claim.get_absolute_url()))

    assert page.css_first(".finding .verdict").text().strip() == "Mixed"
    correction = page.css_first(".corrections").text()
    assert "Three, not five." in correction
    assert "False" in correction
    assert "Mixed" in correction


def test_an_old_version_reads_as_it_did_and_says_that_it_is_old(client):
    claim = a_corrected_claim()

    response = client.get(version_of(claim, 1))

    page = read(response)
    assert page.css_first(".finding .verdict").text().strip() == "False"
    assert "This is version 1, which no longer stands" in text(response)
    assert (
        page.css_first("link[rel=canonical]")
        .attributes["href"]
        .endswith(claim.get_absolute_url())
    )
    assert "noindex" in page.css_first("meta[name=robots]").attributes["content"]
    assert json_ld(response) == []


def test_a_version_that_never_was_is_not_there(client):
    claim = a_claim(ClaimStatus.CORRECTING)

    assert client.get(version_of(claim, 2)).status_code == 404
    assert client.get(version_of(claim, 10**30)).status_code == 404


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        ("2026-03-14T12:00:10Z", "False"),
        ("2026-03-14", "False"),
        ("2026-03-16T13:00:10 01:00", "Mixed"),
        ("2026-03-16T12:00:09%2B00:00", "False"),
        ("20260316T120010", "Mixed"),
        ("9999-12-31", "Mixed"),
    ],
)
def test_it_can_be_read_as_of_a_moment(client, moment, verdict):
    claim = a_corrected_claim()

    response = client.get(f"{claim.get_absolute_url()}?as_of={moment}")

    assert response.status_code == 200
    assert read(response).css_first(".finding .verdict").text().strip() == verdict


def test_voices_that_came_later_are_not_in_an_old_version(client):
    claim = a_corrected_claim()
    late = editing.add_assessment(
        claim,
        assessor=a_claimant(),
        stance="supports",
        statement="I came later.",
        by=a_person(),
        at=LATER + timedelta(days=1),
    )

    assert late.statement in text(client.get(claim.get_absolute_url()))
    assert late.statement not in text(client.get(version_of(claim, 1)))


def test_before_the_first_finding_there_is_nothing(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(claim.get_absolute_url(), {"as_of": "2020-01-01"})

    assert page.status_code == 404
    assert "the first was published on 14 March 2026" in text(page)


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "yesterday",
        "0000-00-00",
        "0000",
        "2026-13-01",
        "2026-03-14T12:00:00+99:99",
        "2026-03-14T12:00:00%2B99:99",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59-14:00",
        "%FF",
        "1" * 10_000,
        "٢٠٢٦-٠٣-١٤",
    ],
)
def test_a_moment_that_cannot_be_read_is_refused_with_an_example(client, moment):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(f"{claim.get_absolute_url()}?as_of={moment}")

    assert page.status_code == 400
    assert "2026-03-14T12:00:00Z" in text(page)


def test_a_withdrawn_finding_keeps_a_page_that_says_so(client):
    claim = a_claim(ClaimStatus.RETRACTED)

    response = client.get(claim.get_absolute_url())

    words = text(response)
    assert response.status_code == 200
    assert "Withdrawn on 14 March 2026" in words
    assert "The quotation was invented." in words
    assert "Satellite images" not in words
    assert json_ld(response) == []
    old = text(client.get(version_of(claim, 1)))
    assert "Withdrawn on 14 March 2026" in old
    assert "Satellite images" in old


# --- Addresses ----------------------------------------------------------------


@pytest.mark.parametrize("slug", ["", "old-words", "ÜÄ %22", "x" * 3_000])
def test_a_wrong_slug_leads_to_the_right_one_for_good(client, slug):
    claim = a_claim(ClaimStatus.PUBLISHED)

    response = client.get(f"/c/{claim.pk}/{slug}?as_of=2026-03-15")

    assert response.status_code == 301
    assert response["Location"] == f"{claim.get_absolute_url()}?as_of=2026-03-15"


@pytest.mark.parametrize("key", ["x", "123", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_claim_is_not_there(client, key):
    assert client.get(f"/c/{key}/words").status_code == 404


# --- What programs read -------------------------------------------------------


def test_its_claim_review_is_the_document_and_says_what_the_page_says(client, settings):
    claim = a_claim(ClaimStatus.PUBLISHED, said_at=NOON)

    response = client.get(claim.get_absolute_url())

    (found,) = json_ld(response)
    review = claim.reviews.current().get()
    assert found == document.claim_review(claim, review, at=NOON)
    page = read(response)
    assert found["claimReviewed"] in page.css_first("h1").text()
    assert (
        found["reviewRating"]["alternateName"]
        == page.css_first(".finding .verdict").text().strip()
    )
    assert found["reviewBody"] in text(response)
    assert found["url"] == page.css_first("link[rel=canonical]").attributes["href"]
    assert found["url"] == settings.SITE_URL + claim.get_absolute_url()
    opengraph = {
        tag.attributes["property"]: tag.attributes["content"]
        for tag in page.css("meta[property]")
    }
    assert opengraph["og:title"] == claim.statement
    assert opengraph["og:description"].startswith("False. Satellite images")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client, words):
    claim = a_claim(
        ClaimStatus.PUBLISHED,
        statement=words,
        original_wording=words + " then",
        claimant=a_claimant(words),
        role_at_time=words,
        topics=[words],
        form="direct",
    )
    a_citation(an_assessment(claim), exact=words)
    Source.objects.update(title=words, publisher=words)

    response = client.get(claim.get_absolute_url())

    assert json_ld(response)[0]["claimReviewed"] == words
    assert scripts_that_run(response) == []
    page = read(response)
    assert page.css("img, [onerror], [onmouseover]") == []
    assert page.css_first("h1").text().strip() == words.strip()
    assert not [
        link
        for link in page.css("a")
        if (link.attributes.get("href") or "").startswith("javascript:")
    ]


# --- What it costs ------------------------------------------------------------


def test_it_asks_the_same_number_of_questions_however_much_is_said(
    client, django_assert_num_queries
):
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_citation(an_assessment(claim, stance="supports"))
    with django_assert_num_queries(9):
        client.get(claim.get_absolute_url())
    for _ in range(4):
        a_citation(an_assessment(claim, stance="supports"))

    with django_assert_num_queries(9):
        client.get(claim.get_absolute_url())


def test_it_is_light(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    response = client.get(claim.get_absolute_url())

    assert len(response.content) < 30_000
    assert "htmx" not in {
        part
        for script in read(response).css("script[src]")
        for part in (script.attributes["src"] or "").split("/")
    }


def test_strangers_get_no_cookie_and_may_keep_the_answer(client):
    claim = a_claim(ClaimStatus.PUBLISHED)

    page = client.get(claim.get_absolute_url())
    again = client.get(
        claim.get_absolute_url(), headers={"If-None-Match": page["ETag"]}
    )

    assert not page.cookies
    assert "public" in page["Cache-Control"]
    assert again.status_code == 304
