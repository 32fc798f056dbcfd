"""Every page of the panel opens, in a number of questions that does not grow."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.rooms import MODELS, address, furnish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _furnished():
    furnish()


@pytest.mark.parametrize("model", MODELS)
def test_each_list_and_each_row_and_its_history_open(client, superuser, model):
    row = apps.get_model(model).objects.first()

    for page in (
        address(model),
        address(model, "change", row.pk),
        address(model, "history", row.pk),
    ):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert b"style=" not in answer.content, page


@pytest.mark.parametrize("model", MODELS)
def test_each_list_can_be_searched(client, superuser, model):
    answer = client.get(address(model), {"q": "damage"})

    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("model", MODELS)
def test_a_longer_list_takes_no_more_questions(client, superuser, model):
    client.get(address(model))
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(address(model))
    furnish()
    furnish()

    with CaptureQueriesContext(connection) as after:
        client.get(address(model))

    assert len(after) <= len(before)
    assert len(after) <= 15
