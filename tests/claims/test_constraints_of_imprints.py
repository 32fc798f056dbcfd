"""Rules of the vectors, each broken once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from claims.models import Assessment, Claim, Imprint
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_vector_stands_with_its_model_or_not_at_all():
    claim = factories.a_claim()

    with (
        pytest.raises(IntegrityError, match="imprint_vector_is_whole_or_empty"),
        transaction.atomic(),
    ):
        Imprint.objects.filter(claim=claim).update(model="another")


def test_a_statement_has_one_vector():
    claim = factories.a_claim()

    with (
        pytest.raises(IntegrityError, match="imprint_one_for_each_statement"),
        transaction.atomic(),
    ):
        Imprint.objects.create(claim=claim)


def _says(claim):
    """claim_is_to_be_imprinted"""


def _is_reworded(claim):
    """claim_reworded_is_imprinted_anew"""
    Claim.objects.filter(pk=claim.pk).update(statement="The ferry did not sail.")


def _is_checked(claim):
    """check_is_to_be_imprinted"""
    check = factories.an_assessment(claim)
    check.pk, check.url = uuid4(), "https://check.example/1"
    Assessment.objects.bulk_create([check])


def _check_is_reworded(claim):
    """check_reworded_is_imprinted_anew"""
    check = factories.an_assessment(claim)
    Assessment.objects.filter(pk=check.pk).update(url="https://check.example/1")


@pytest.mark.parametrize(
    ("happens", "waiting"),
    [(_says, 1), (_is_reworded, 1), (_is_checked, 2), (_check_is_reworded, 2)],
)
def test_words_wait_for_a_vector_by_whatever_road_they_come(happens, waiting):
    claim = factories.a_claim()

    happens(claim)

    assert Imprint.objects.due().filter(claim=claim).count() == waiting
