"""Who enters the panel, and what nobody does there."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from tests.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_editors_and_administrators_enter(client, role):
    client.force_login(a_person(role))

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("role", ["reader", "contributor", "reviewer"])
def test_nobody_else_enters_whatever_django_calls_them(client, role):
    person = a_person(role)
    person.is_staff = True
    person.save()
    client.force_login(person)

    answer = client.get(reverse("admin:claims_claim_changelist"), follow=True)

    assert answer.status_code == 403


def test_a_stranger_is_shown_the_one_door_of_the_house(client):
    answer = client.get(reverse("admin:claims_claim_changelist"), follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("login"))
    assert "claims/claim" in unquote(answer.redirect_chain[-1][0])
