"""Two who save the same thing at the same time."""

import threading

import pytest
from django.db import connection

from claims.models import Claim, Claimant
from sources.models import Source
from tests.api.conftest import Caller, a_program
from tests.factories import a_claim, a_claimant, a_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do these at the same time; what each gives."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            answers[place] = act()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, act))
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_who_change_what_they_read_one_is_saved_and_the_others_are_told():
    claim = a_claim()
    program = a_program("contributor")
    tag = program.get(f"claims/{claim.pk}").headers["ETag"]
    callers = [Caller(program.user, program.token) for _ in range(6)]

    answers = at_once(
        *(
            lambda caller=caller, n=n: caller.patch(
                f"claims/{claim.pk}", {"statement": f"Wording {n}."}, If_Match=tag
            )
            for n, caller in enumerate(callers)
        )
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 412, 412, 412, 412, 412]
    [saved] = [a.body for a in answers if a.status_code == 200]
    kept = Claim.objects.get()
    assert (kept.statement, kept.version) == (saved["statement"], saved["version"])
    assert all(
        answer.body["current"]["statement"] == kept.statement
        for answer in answers
        if answer.status_code == 412
    )


def test_one_address_attached_by_many_is_one_source():
    program = a_program("contributor")
    callers = [Caller(program.user, program.token) for _ in range(6)]

    answers = at_once(
        *(
            lambda caller=caller: caller.post(
                "sources", {"url": "https://paper.example/strike"}
            )
            for caller in callers
        )
    )

    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.body["id"] for answer in answers}) == Source.objects.count() == 1


def test_one_item_of_wikidata_recorded_by_many_is_one_claimant():
    program = a_program("contributor")
    callers = [Caller(program.user, program.token) for _ in range(6)]

    answers = at_once(
        *(
            lambda caller=caller, n=n: caller.post(
                "claimants", {"kind": "person", "name": f"A {n}", "wikidata_id": "Q42"}
            )
            for n, caller in enumerate(callers)
        )
    )

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == Claimant.objects.count() == 1
    assert set(statuses) <= {201, 400, 409}
    for answer in answers:
        if answer.status_code == 409:
            assert answer.body["code"] == "claimant_wikidata_id_is_one_claimant"
            assert "wikidata id is one claimant" in answer.body["detail"]


def test_two_second_verdicts_at_once_are_one():
    claim = a_claim("second_review", claimant=a_claimant(), writer=a_person("reviewer"))
    programs = [a_program("reviewer") for _ in range(3)]

    answers = at_once(
        *(
            lambda program=program: program.post(
                f"claims/{claim.pk}/moves/second", {"verdict": "false"}, If_Match="*"
            )
            for program in programs
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert Claim.objects.get().status == "published"
