"""What the page of a claim tells: who said what, and what became of the words."""

from uuid import uuid4

import pytest

from claims.vocabulary import ClaimStatus, Stance
from sources.models import Check, Sighting, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_snapshot,
    an_assessment,
)
from tests.public.reading import HOSTILE, read, scripts_that_run, text
from tests.public.standing import LATER

pytestmark = pytest.mark.django_db


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
