"""Somebody at the panel."""

import pytest

from tests.factories import a_person


@pytest.fixture
def editor(client, db):
    """An editor, signed in with `client`."""
    person = a_person("editor")
    client.force_login(person)
    return person


@pytest.fixture
def administrator(client, db):
    """An administrator who is no superuser, signed in with `client`."""
    person = a_person("admin")
    person.is_superuser = False
    person.save()
    client.force_login(person)
    return person


@pytest.fixture
def superuser(client, db):
    """A superuser, signed in with `client`."""
    person = a_person("admin")
    client.force_login(person)
    return person
