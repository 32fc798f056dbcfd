"""Vectors of what claims say: made once for each wording, by whoever comes first."""

import io

import pytest
from django.core.management import call_command

from claims import imprinting, tasks
from claims.models import Assessment, Claim, Imprint
from tests import factories

pytestmark = pytest.mark.django_db


def of(claim):
    return Imprint.objects.get(claim=claim, assessment=None)


def a_fact_check(claim, statement, url="https://check.example/1"):
    check = factories.an_assessment(claim)
    Assessment.objects.filter(pk=check.pk).update(statement=statement, url=url)
    return check


def test_a_claim_waits_for_its_vector_from_the_moment_it_is_saved():
    claim = factories.a_claim(statement="The quay at Ostrel sank by two metres.")

    assert of(claim).vector is None
    assert list(Imprint.objects.due()) == [of(claim)]


def test_a_worker_makes_the_vectors_and_says_by_which_model():
    claim = factories.a_claim(statement="The quay at Ostrel sank by two metres.")

    tasks.imprint_claims()

    made = of(claim)
    assert (made.model, made.dimension) == ("all-MiniLM-L6-v2-onnx-int8", 384)
    assert sum(part * part for part in made.vector) == pytest.approx(1, abs=0.01)
    assert not Imprint.objects.due().exists()


def test_words_that_change_wait_for_a_new_vector():
    claim = factories.a_claim(statement="The quay at Ostrel sank by two metres.")
    tasks.imprint_claims()

    Claim.objects.filter(pk=claim.pk).update(statement="The ferry did not sail.")

    assert of(claim).vector is None
    assert of(claim).edition == 2


def test_what_is_no_word_of_it_leaves_the_vector_alone():
    claim = factories.a_claim(statement="The quay at Ostrel sank by two metres.")
    tasks.imprint_claims()

    Claim.objects.filter(pk=claim.pk).update(topics=["harbours"])

    assert of(claim).vector is not None


def test_a_vector_of_words_that_changed_meanwhile_is_not_kept(monkeypatch):
    claim = factories.a_claim(statement="The quay at Ostrel sank by two metres.")
    make = imprinting.vectors

    def changing_meanwhile(texts):
        Claim.objects.filter(pk=claim.pk).update(statement="The ferry did not sail.")
        return make(texts)

    monkeypatch.setattr(imprinting, "vectors", changing_meanwhile)
    imprinting.imprint_some()

    assert of(claim).vector is None


def test_a_published_fact_check_has_a_vector_of_its_own():
    claim = factories.a_claim()
    check = a_fact_check(claim, "Did the quay sink? It did not.")
    remark = a_fact_check(claim, "I doubt that.", url="")

    assert Imprint.objects.filter(assessment=check).exists()
    assert not Imprint.objects.filter(assessment=remark).exists()


def test_an_assessment_that_loses_its_address_loses_its_vector():
    check = a_fact_check(factories.a_claim(), "Did the quay sink? It did not.")

    Assessment.objects.filter(pk=check.pk).update(url="")

    assert not Imprint.objects.filter(assessment=check).exists()


def test_the_command_makes_what_is_missing_and_nothing_twice():
    factories.a_claim(statement="The quay at Ostrel sank by two metres.")
    Imprint.objects.all().delete()

    assert told() == "1 made; 1 are there.\n"
    assert told() == "0 made; 1 are there.\n"
    assert told("--again") == "1 made; 1 are there.\n"


def told(*arguments):
    out = io.StringIO()
    call_command("imprint", *arguments, stdout=out)
    return out.getvalue()
