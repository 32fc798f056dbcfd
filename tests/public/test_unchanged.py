"""A page that did not change is not made again, and one that did always is."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import editing, workflow
from claims.models import (
    Assessment,
    Claim,
    Claimant,
    Review,
)
from claims.public.answers import MAKES_PAGES
from claims.search import edition
from claims.vocabulary import ClaimStatus
from sources.models import Passage, Source
from tests.factories import NOON, a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def claim():
    """Published, contradicted by Bo, on whose word another public claim is answered."""
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Ada"))
    speak(claim, "Bo")
    other = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Di"))
    speak(other, "Cy", based_on=claim)
    return claim


def speak(claim, name, **fields):
    return editing.add_assessment(
        claim,
        assessor=a_claimant(name),
        stance="contradicts",
        statement="It is not so.",
        by=a_person(),
        at=NOON,
        **fields,
    )


def ask(client, address, mark, **headers):
    return client.get(address, headers={"If-None-Match": mark, **headers})


def test_nothing_is_read_but_whether_something_changed(
    client, claim, django_assert_num_queries
):
    address = claim.get_absolute_url()
    mark = client.get(address)["ETag"]

    with django_assert_num_queries(1):
        again = ask(client, address, f'"of another", {mark}')

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    assert again["Cache-Control"] == "public, max-age=60"


CHANGES = {
    "the claim": lambda claim: Claim.objects.filter(pk=claim.pk).update(topics=["x"]),
    "the claimant": lambda _: Claimant.objects.filter(name="Ada").update(role="Mayor"),
    "who contradicts": lambda _: Claimant.objects.filter(name="Bo").update(name="Bob"),
    "who is answered": lambda _: Claimant.objects.filter(name="Di").update(name="Dia"),
    "an assessment more": lambda claim: speak(claim, "Eve"),
    "an assessment": lambda claim: Assessment.objects.filter(claim=claim).update(
        statement="Not at all."
    ),
    "who signs": lambda _: User.objects.update(first_name="Zoe"),
    "a look at a page": lambda _: Source.objects.update(last_checked_at=NOON),
    "a page is gone": lambda _: Source.objects.update(state="gone"),
    "words are missing": lambda _: Passage.objects.update(state="missing"),
    "it is withdrawn": lambda claim: workflow.retract(
        claim, note="It was wrong.", by=a_person("editor"), at=NOON
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_reader_sees_changes_the_mark(client, claim, change):
    address = claim.get_absolute_url()
    mark = client.get(address)["ETag"]

    change(claim)
    again = ask(client, address, mark)

    assert (again.status_code, again["ETag"] != mark) == (200, True)


def test_what_comes_out_by_the_clock_changes_the_mark(client, claim):
    review = Review.objects.filter(claim=claim)
    address, now = claim.get_absolute_url(), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    review.update(valid_to=now + timedelta(hours=1))
    before = edition.edition_of_claim(claim.pk)
    sql = edition._EDITION.replace("now()", "now() + interval '2 hours'")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"claim": claim.pk})
        (later,) = cursor.fetchone()

    assert client.get(address).status_code == 200
    assert before != later


def test_each_reader_is_answered_as_they_asked(client, claim):
    address = claim.get_absolute_url()
    mark = client.get(address)["ETag"]
    day = timezone.now().date()

    assert ask(client, address, mark, accept_language="ar").status_code == 200
    assert ask(client, address, mark, hx_request="true").status_code == 200
    assert ask(client, f"{address}?as_of={day}", mark).status_code != 304
    assert ask(client, f"/c/{claim.pk}/v/1", mark).status_code == 200
    client.force_login(a_person())
    assert ask(client, address, mark).status_code == 200


def test_another_claim_is_no_business_of_this_one(client, claim):
    address = claim.get_absolute_url()
    mark = client.get(address)["ETag"]

    other = a_claim(ClaimStatus.PUBLISHED)
    Claim.objects.filter(pk=other.pk).update(topics=["x"])

    assert ask(client, address, mark).status_code == 304


@pytest.mark.parametrize("mark", ["*", '"', "W/", 'W/""', "\x00", '"a", *'])
def test_a_mark_of_nobodys_is_no_way_to_an_empty_page(client, claim, mark):
    hidden = a_claim(ClaimStatus.IN_REVIEW)

    assert ask(client, hidden.get_absolute_url(), mark).status_code == 404
    assert ask(client, claim.get_absolute_url(), mark).status_code in {200, 304}


def test_the_mark_rests_on_every_table_that_the_page_reads(client, claim):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(claim.get_absolute_url())
    read = {name for each in asked for name in TABLE.findall(each["sql"])}

    assert read
    assert {name for name in read if name not in edition._EDITION} == set()


def test_words_and_looks_of_a_page_are_part_of_what_made_it():
    assert {".py", ".html", ".mo", ".css", ".js"} <= MAKES_PAGES
