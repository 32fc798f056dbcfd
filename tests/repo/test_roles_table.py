"""The tables of roles say of the API and of each page of the desk what the code says."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import resolve

from claims.access import GROUPS
from tests.api.walking import ways
from tests.everybody.furnished import House
from tests.factories import a_person

TABLE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
PARAMETER = re.compile(r"<\w+:\w+>")


def rows():
    """The rows of the table, as the operations make them."""
    for way in sorted(ways(), key=lambda way: (way.address, way.method)):
        operation = way.operation
        scopes = " ".join(f"`{scope}`" for scope in operation.scopes) or "–"
        role = operation.role or "everybody"
        yield f"| {way.method} | `/api/v1/{way.address}` | {role} | {scopes} |"


def test_each_address_of_the_api_stands_in_the_table_of_roles():
    shown = [line for line in TABLE.read_text().splitlines() if "`/api/v1/" in line]

    assert shown == list(rows())


def test_the_table_names_every_role():
    text = TABLE.read_text()

    assert all(f"| {group} |" in text for group in GROUPS)


# --- The desk -----------------------------------------------------------------


def least_roles(person, addresses):
    """The pages of the desk, each with the first role that is let in."""
    found = {}
    for group in GROUPS:
        person.groups.set(Group.objects.filter(name=group))
        client = Client()
        client.force_login(person)
        for address in addresses:
            route = "/" + resolve(address.partition("?")[0]).route
            shown = PARAMETER.sub("{}", route)
            if shown not in found and client.get(address).status_code == 200:
                found[shown] = group
    return found


@pytest.mark.django_db
def test_each_page_of_the_desk_stands_in_the_table_of_roles():
    ana = a_person("reviewer", "ana")
    addresses = House(ana).desk

    roles = least_roles(ana, addresses)

    shown = [line for line in TABLE.read_text().splitlines() if "`/desk/" in line]
    assert shown == [f"| `{page}` | {role} |" for page, role in sorted(roles.items())]
