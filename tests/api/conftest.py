"""Callers of the API: strangers, programs with a token, people with a session."""

import json

import pytest
from django.test import Client

from claims.models import AccessToken
from claims.vocabulary import Scope
from tests.factories import NOON, a_person

EVERYTHING = tuple(Scope.values)


class Caller:
    """Somebody who calls the API. Answers carry `body`, the JSON in them."""

    def __init__(self, user=None, token=""):
        self.user, self.token, self.client = user, token, Client()

    def __call__(self, method, path, data=None, **headers):
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        sent = {}
        if data is not None:
            raw = data if isinstance(data, bytes | str) else json.dumps(data)
            sent = {
                "data": raw,
                "content_type": headers.pop("content_type", "application/json"),
            }
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.generic(
            method, path if path.startswith(("/", "http")) else f"/api/v1/{path}",
            headers=named, **sent,
        )  # fmt: skip
        kind = answer.headers.get("Content-Type", "")
        answer.body = (
            json.loads(answer.content)
            if "json" in kind and not answer.streaming
            else None
        )
        return answer

    def get(self, path, **headers):
        return self("GET", path, **headers)

    def post(self, path, data=None, **headers):
        return self("POST", path, data, **headers)

    def patch(self, path, data, **headers):
        return self("PATCH", path, data, **headers)

    def delete(self, path, **headers):
        return self("DELETE", path, **headers)


def a_program(role="reviewer", *, scopes=EVERYTHING, user=None):
    """A program that signs in with a token of somebody in that role."""
    user = user or a_person(role)
    _, secret = AccessToken.issue(user=user, name="test", scopes=list(scopes), now=NOON)
    return Caller(user, secret)


def pointers(answer):
    """Where the answer says the faults are."""
    return {fault["pointer"] for fault in answer.body["errors"]}


@pytest.fixture
def stranger(db):
    return Caller()


@pytest.fixture
def reader(db):
    return a_program("reader")


@pytest.fixture
def contributor(db):
    return a_program("contributor")


@pytest.fixture
def reviewer(db):
    return a_program("reviewer")


@pytest.fixture
def editor(db):
    return a_program("editor")
