"""Somebody who works at the desk, and how they look at its pages."""

import pytest

from tests.factories import a_person


@pytest.fixture
def ana(db):
    return a_person("reviewer", "ana")


@pytest.fixture
def ben(db):
    return a_person("reviewer", "ben")


@pytest.fixture
def cleo(db):
    return a_person("reviewer", "cleo")


@pytest.fixture
def olga(db):
    return a_person("editor", "olga")


@pytest.fixture
def as_(client, db):
    """Return the browser of this person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
