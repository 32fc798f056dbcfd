"""Every page of the panel opens, in a number of questions that does not grow."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.rooms import MODELS, address, furnish

pytestmark = pytest.mark.django_db

MOST_QUESTIONS = 15


@pytest.fixture(autouse=True)
def _furnished():
    furnish()


def test_each_list_and_each_row_and_its_history_open(client, superuser):
    for model in MODELS:
        row = apps.get_model(model).objects.first()
        for page in (
            address(model),
            address(model, "change", row.pk),
            address(model, "history", row.pk),
        ):
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert b"style=" not in answer.content, page


def test_each_list_can_be_searched(client, superuser):
    for model in MODELS:
        answer = client.get(address(model), {"q": "damage"})

        assert answer.status_code == 200, model


def test_a_longer_list_takes_no_more_questions(client, superuser):
    client.get(address(MODELS[0]))  # the session, and who is there
    before = {model: questions_of(client, model) for model in MODELS}
    furnish()
    furnish()

    after = {model: questions_of(client, model) for model in MODELS}

    assert {m: n for m, n in after.items() if n > before[m]} == {}
    assert {m: n for m, n in after.items() if n > MOST_QUESTIONS} == {}


def questions_of(client, model):
    with CaptureQueriesContext(connection) as asked:
        client.get(address(model))
    return len(asked)
