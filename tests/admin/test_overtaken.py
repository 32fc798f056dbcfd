"""A form that was overtaken says so, shows both values, and saves nothing."""

import re
from html import unescape

import pytest
from django.test import Client

from claims import editing
from claims.models import Assessment, Claim, Claimant
from sources.models import Source
from tests.admin.forms import filled
from tests.admin.rooms import address
from tests.factories import (
    NOON,
    a_claim,
    a_claimant,
    a_person,
    a_source,
    an_assessment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    """Another editor, olga, signed in elsewhere."""
    other = Client()
    other.force_login(a_person("editor", "olga"))
    return other


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_second_of_two_who_save_one_claim_is_shown_both(client, editor, colleague):
    claim = a_claim(statement="Three bridges fell.")
    page = address("claims.claim", "change", claim.pk)
    hers, yours = filled(colleague.get(page)), filled(client.get(page))
    colleague.post(page, hers | {"statement": "Four bridges fell."})

    answer = client.post(page, yours | {"statement": "Five bridges fell."})

    assert answer.status_code == 200
    shown = words(answer)
    assert (
        "As it was Three bridges fell. Theirs Four bridges fell. Yours Five bridges fell."
        in shown
    )
    assert "olga saved this" in shown
    assert filled(answer)["statement"] == "Five bridges fell."
    assert Claim.objects.get(pk=claim.pk).statement == "Four bridges fell."


def test_sent_once_more_it_is_saved_over_what_was_shown(client, editor, colleague):
    claim = a_claim(statement="Three bridges fell.", role_at_time="mayor")
    page = address("claims.claim", "change", claim.pk)
    hers, yours = filled(colleague.get(page)), filled(client.get(page))
    colleague.post(
        page, hers | {"statement": "Four bridges fell.", "role_at_time": "minister"}
    )
    refused = client.post(page, yours | {"statement": "Five bridges fell."})

    assert "«Role at time» alone, so it shows theirs now: minister" in words(refused)
    answer = client.post(page, filled(refused))

    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.statement, claim.role_at_time) == ("Five bridges fell.", "minister")


def test_whoever_left_a_claim_alone_is_not_in_the_way(client, editor, colleague):
    claim = a_claim(statement="Three bridges fell.")
    page = address("claims.claim", "change", claim.pk)
    hers, yours = filled(colleague.get(page)), filled(client.get(page))
    colleague.post(page, hers | {"statement": "Four bridges fell."})

    answer = client.post(page, yours)

    assert answer.status_code == 302
    assert Claim.objects.get(pk=claim.pk).statement == "Four bridges fell."


def test_an_assessment_in_a_claims_form_is_held_to_the_same(client, editor, colleague):
    claim = a_claim(statement="Three bridges fell.")
    assessment = an_assessment(claim)
    page = address("claims.claim", "change", claim.pk)
    yours = filled(client.get(page))
    editing.change_assessment(
        assessment,
        version=assessment.version,
        by=a_person(),
        at=NOON,
        statement="Two stand.",
    )

    answer = client.post(
        page,
        yours
        | {
            "statement": "Six bridges fell.",
            "assessments-0-statement": "One stands.",
        },
    )

    assert "Theirs Two stand. Yours One stands." in words(answer)
    assert filled(answer)["assessments-0-statement"] == "One stands."
    assert filled(answer)["statement"] == "Six bridges fell."
    assert Claim.objects.get(pk=claim.pk).statement == "Three bridges fell."
    assert Assessment.objects.get(pk=assessment.pk).statement == "Two stand."

    again = client.post(page, filled(answer))

    assert again.status_code == 302
    assert Claim.objects.get(pk=claim.pk).statement == "Six bridges fell."
    assert Assessment.objects.get(pk=assessment.pk).statement == "One stands."


def test_an_assessment_that_you_left_alone_keeps_what_they_wrote(
    client, editor, colleague
):
    claim = a_claim(statement="Three bridges fell.")
    assessment = an_assessment(claim)
    page = address("claims.claim", "change", claim.pk)
    yours = filled(client.get(page))
    editing.change_assessment(
        assessment,
        version=assessment.version,
        by=a_person(),
        at=NOON,
        statement="Two stand.",
    )

    answer = client.post(page, yours | {"statement": "Six bridges fell."})

    assert answer.status_code == 302
    assert Claim.objects.get(pk=claim.pk).statement == "Six bridges fell."
    assert Assessment.objects.get(pk=assessment.pk).statement == "Two stand."


def test_a_claimant_and_a_source_are_held_to_it_too(client, editor, colleague):
    for model, row, name in (
        ("claims.claimant", a_claimant(), "name"),
        ("sources.source", a_source(), "title"),
    ):
        page = address(model, "change", row.pk)
        hers, yours = filled(colleague.get(page)), filled(client.get(page))
        colleague.post(page, hers | {name: "Hers"})

        answer = client.post(page, yours | {name: "Mine"})

        assert "Theirs Hers Yours Mine" in words(answer), model
        assert filled(answer)[name] == "Mine"
    assert not Claimant.objects.filter(name="Mine").exists()
    assert not Source.objects.filter(title="Mine").exists()


def test_a_form_without_its_version_saves_nothing(client, editor):
    claim = a_claim(statement="Three bridges fell.")
    page = address("claims.claim", "change", claim.pk)
    form = filled(client.get(page)) | {"statement": "Four bridges fell."}
    del form["opened_version"]

    answer = client.post(page, form)

    assert "does not say which version" in words(answer)
    assert Claim.objects.get(pk=claim.pk).statement == "Three bridges fell."


def test_a_person_is_not_given_a_role_over_somebody_elses_change(
    client, administrator, colleague
):
    somebody = a_person("reviewer", "ana")
    page = address("auth.user", "change", somebody.pk)
    other = Client()
    other.force_login(a_person("admin", "ines"))
    hers, yours = filled(other.get(page)), filled(client.get(page))
    other.post(page, hers | {"first_name": "Anna", "email": "ana@desk.example"})

    refused = client.post(page, yours | {"first_name": "Annie"})

    shown = words(refused)
    assert "As it was nothing Theirs Anna Yours Annie" in shown
    assert "ines saved this" in shown
    assert "so it shows theirs now: ana@desk.example" in shown
    somebody.refresh_from_db()
    assert somebody.first_name == "Anna"
    assert client.post(page, filled(refused)).status_code == 302
    somebody.refresh_from_db()
    assert (somebody.first_name, somebody.email) == ("Annie", "ana@desk.example")


def test_what_a_form_says_that_it_showed_is_not_taken_from_anybody(
    client, administrator
):
    somebody, another = a_person("reviewer", "ana"), a_person("reviewer", "ben")
    page = address("auth.user", "change", somebody.pk)
    theirs = filled(client.get(address("auth.user", "change", another.pk)))
    form = filled(client.get(page)) | {"first_name": "Annie"}

    answer = client.post(page, form | {"opened_as": theirs["opened_as"]})

    assert "does not say which version" in words(answer)
    somebody.refresh_from_db()
    assert somebody.first_name == ""
