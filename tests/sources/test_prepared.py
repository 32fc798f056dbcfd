"""Questions past the ORM: planned once for each connection."""

import pytest
from django.db import connection

from sources.prepared import ask

pytestmark = pytest.mark.django_db
QUESTION = "SELECT 1 + %(n)s::int"


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def test_a_question_is_planned_once_however_often_it_is_asked():
    ask(QUESTION, {"n": 1})
    before = kept()

    assert [ask(QUESTION, {"n": n}) for n in (1, 2)] == [[(2,)], [(3,)]]

    assert kept() == before > 0


def test_behind_a_pooler_of_statements_nothing_is_kept(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    before = kept()

    assert ask("SELECT 2 + %(n)s::int", {"n": 1}) == [(3,)]

    assert kept() == before
