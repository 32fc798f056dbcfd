"""Where a claim and its repeats appeared, and from how many origins."""

import pytest
from django.urls import reverse

from claims import search
from claims.models import Claim
from claims.search.origins import Around, origins
from claims.vocabulary import ClaimStatus
from sources.models import Passage
from sources.vocabulary import PassageState
from tests.factories import a_citation, a_claim, a_person, a_snapshot

WORDS = "the gates held all night"
AGENCY = (
    (
        "HALLIN (Coast Wire) - Divers went down to the harbour wall on Tuesday after three"
        " days of rain had raised the river by a metre."
    ),
    (
        "The mayor spoke to reporters at the town hall in the evening, where a hundred"
        " people had come to ask about the water in their cellars."
    ),
)
OWN = (
    (
        "Our reporter walked along the embankment with two engineers, who showed her the"
        " new sluices and the pumps that the county paid for last spring."
    ),
    (
        "Asked about the cost, the engineers would not give any figure before the winter"
        " is over and the accounts of the harbour board are closed."
    ),
)


def around(texts, **fields):
    return Around(before=texts[0], after=texts[1], **fields)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([], []),
        ([AGENCY], [1]),
        ([AGENCY, AGENCY], [1, 1]),
        ([AGENCY, OWN], [1, 2]),
        ([AGENCY, OWN, AGENCY, OWN], [1, 2, 1, 2]),
        ([AGENCY, ("Storm news.", AGENCY[1])], [1, 1]),
        ([AGENCY, (AGENCY[0].upper().replace("-", "—"), AGENCY[1])], [1, 1]),
        ([AGENCY, ("", "")], [1, 2]),
        ([("", ""), ("", "")], [1, 2]),
        ([("He said:", "Then he left."), ("He said:", "Then he left.")], [1, 2]),
    ],
)
def test_pages_that_print_one_text_have_one_origin(pages, expected):
    assert origins([around(page) for page in pages]) == expected


def test_a_whole_text_that_is_the_same_is_one_however_short():
    short = around(("He said:", "Then he left."), text_sha256="7a")

    assert origins([short, short]) == [1, 1]


@pytest.fixture
def said_on(db):
    """Return a claim's citation of a page that prints the words among these."""

    def cite(claim, texts, words=WORDS):
        passage = a_citation(claim, exact=words, intact=False).passage
        text = f"{texts[0]}\n{words}\n{texts[1]}\n{passage.pk}"
        start = len(texts[0]) + 1
        Passage.objects.filter(pk=passage.pk).update(
            state=PassageState.INTACT,
            snapshot=a_snapshot(passage.source, text),
            start=start,
            end=start + len(words),
        )
        return passage.source

    return cite


@pytest.fixture
def claim(db):
    return a_claim(ClaimStatus.PUBLISHED, statement="The gates held.")


def test_copies_of_one_text_count_once(claim, said_on):
    for texts in (AGENCY, AGENCY, OWN):
        said_on(claim, texts)

    found = search.appearances(claim, public=True)

    # The page that every published claim here rests on is one more.
    assert (len(found.pages), found.origins, found.copies) == (4, 3, 1)


def test_pages_of_repeats_are_appearances_of_the_claim(claim, said_on):
    again = a_claim(ClaimStatus.PUBLISHED, canonical=claim)
    once_more = a_claim(canonical=again)
    said_on(claim, AGENCY)
    said_on(once_more, AGENCY)

    found = search.appearances(again, public=False)

    assert found.canonical == claim
    assert {each.pk for each in found.repeats} == {claim.pk, once_more.pk}
    assert {each.claim for each in found.pages} == {claim, again, once_more}
    assert found.copies == 1


def test_readers_hear_nothing_of_repeats_that_are_not_published(claim, said_on):
    hidden = a_claim(canonical=claim)
    said_on(hidden, OWN)

    found = search.appearances(claim, public=True)

    assert found.repeats == []
    assert {each.claim for each in found.pages} == {claim}


def test_claims_that_repeat_each_other_come_to_an_end(db):
    one = a_claim()
    other = a_claim(canonical=one)
    Claim.objects.filter(pk=one.pk).update(canonical=other)

    found = search.appearances(one.__class__.objects.get(pk=one.pk), public=False)

    assert [each.pk for each in found.repeats] == [other.pk]
    assert found.canonical == other


def test_the_questions_are_as_many_however_many_pages(
    claim, said_on, django_assert_num_queries
):
    for texts in (AGENCY, OWN, AGENCY, OWN):
        said_on(a_claim(canonical=claim), texts)

    with django_assert_num_queries(4):
        search.appearances(claim, public=False)


def test_the_public_page_tells_pages_origins_and_occasions(client, claim, said_on):
    again = a_claim(
        ClaimStatus.PUBLISHED, canonical=claim, statement="The gates held, once more."
    )
    said_on(claim, AGENCY)
    said_on(again, AGENCY)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "It stands on 4 pages." in page
    assert "They have 3 independent origins" in page
    assert "The gates held, once more." in page
    assert again.get_absolute_url() in page


def test_the_public_page_says_nothing_of_the_one_page_there_is(client, claim):
    assert (
        "Where it appeared" not in client.get(claim.get_absolute_url()).content.decode()
    )


def test_a_repeat_that_comes_out_changes_the_page(client, claim):
    address = claim.get_absolute_url()
    mark = client.get(address)["ETag"]

    a_claim(ClaimStatus.PUBLISHED, canonical=claim)
    again = client.get(address, headers={"If-None-Match": mark})

    assert again.status_code == 200
    assert "The same claim on other occasions" in again.content.decode()


def test_the_desk_sees_what_readers_do_not_yet(client, claim, said_on):
    hidden = a_claim(canonical=claim, statement="The gates held again.")
    said_on(hidden, OWN)
    client.force_login(a_person("reviewer"))

    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    assert "Where it appeared" in page
    assert "2 independent origins" in page
    assert "The gates held again." in page
