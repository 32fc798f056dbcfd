"""Claims that are worded like something else."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.matching.alike import alike
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_reworded_claim_is_found_among_others_that_share_its_common_words():
    wanted = factories.a_claim(
        statement="The night ferry to Ostrel carried 412 passengers in March."
    )
    for number in range(40):
        factories.a_claim(
            statement=f"The harbour counted {number} passengers in March."
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")

    found = alike(
        {wanted.pk: "In March the ferry to Ostrel carried 412 people at night."},
        least=0.45,
        most=1,
    )

    assert [each.claim for each in found[wanted.pk]] == [wanted.pk]


def test_words_that_every_claim_has_find_a_claim_by_two_of_them():
    texts = [f"The tariff on barley was raised {n} times." for n in range(30)]
    claims = [factories.a_claim(statement=text) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")

    found = alike(
        {claims[0].pk: "The tariff on barley was raised."}, least=0.45, most=8
    )

    assert len(found[claims[0].pk]) == 8


def test_a_text_without_words_for_the_index_is_like_nothing():
    claim = factories.a_claim(statement="Who is it?")

    assert alike({claim.pk: "Who is it?"}, least=0.3, most=8) == {}


def test_signs_of_the_query_language_are_words_of_a_text():
    claim = factories.a_claim(
        statement=r"The path C:\dam & 'quay' | (north) was closed."
    )

    found = alike(
        {claim.pk: r"The path C:\dam & 'quay' | (north) closed"}, least=0.3, most=1
    )

    assert [each.claim for each in found[claim.pk]] == [claim.pk]


def test_many_texts_take_two_questions(django_assert_num_queries):
    claims = [
        factories.a_claim(statement=f"The quay lost {n} crates.") for n in range(5)
    ]

    with django_assert_num_queries(2):
        alike({claim.pk: claim.statement for claim in claims}, least=0.3, most=8)
