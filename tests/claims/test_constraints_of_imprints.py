"""Rules of the vectors, each broken once."""

import pytest
from django.db import IntegrityError, transaction

from claims.models import Imprint
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
