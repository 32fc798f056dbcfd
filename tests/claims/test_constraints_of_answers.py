"""Rules of the answers that are kept for who asks twice, each broken once."""

import pytest

from claims.models import KeptAnswer
from tests.claims.breaking import refused
from tests.factories import NOON, a_person

pytestmark = pytest.mark.django_db


def an_answer(user, **fields):
    asked = {"key": "k", "asked": "0" * 64, "status": 201, "at": NOON}
    return KeptAnswer.objects.create(user=user, **(asked | fields))


def test_a_key_of_one_caller_has_one_answer():
    """Also of a session, which has no token."""
    ana = a_person()
    an_answer(ana)

    with refused("answer_one_for_each_key"):
        an_answer(ana)
    an_answer(a_person())


@pytest.mark.parametrize("status", [199, 304, 412, 500])
def test_only_a_change_that_was_made_is_kept(status):
    with refused("answer_of_a_change"):
        an_answer(a_person(), status=status)
