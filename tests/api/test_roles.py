"""What each role may do at each address of the API, in each state of a claim."""

import pytest
from django.db import transaction
from django.utils.dateparse import parse_datetime

from claims import intake
from claims.access import Role
from claims.vocabulary import ClaimStatus
from tests.api.conftest import Caller, a_program
from tests.api.walking import ways
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_article,
    an_assessment,
)

pytestmark = pytest.mark.django_db

WAYS = ways()


@pytest.fixture
def callers():
    """One program for each role, and a stranger."""
    programs = {role: a_program(role.group) for role in Role if role}
    return {Role.STRANGER: Caller(), **programs}


def ask(caller, way, **keys):
    """The answer to one request; what it did is undone, for the next to begin there."""
    headers = {"If-Match": "*"} if way.method == "PATCH" else {}
    with transaction.atomic():
        answer = caller(way.method, way.path(**keys), way.body(), **headers)
        transaction.set_rollback(True)
    return answer


def told(answer):
    """All that an answer tells, but for its own number."""
    return answer.status_code, {**(answer.body or {}), "request_id": ""}


def refusal(role, way):
    """The status with which a role is shut out, if it is."""
    operation = way.operation
    needed = Role[operation.role.upper()] if operation.role else Role.STRANGER
    if not (operation.role or operation.scopes) or role >= max(needed, Role.READER):
        return None
    if role is Role.STRANGER:
        return 401
    return 404 if way.of_one and way.method == "GET" else 403


def walk(caller, role, way, keys, *, public):
    """Try one cell of the matrix; for what is not there as well."""
    answer = ask(caller, way, **keys)
    here = f"{way.method} {way.address} as {role.name}"
    if shut := refusal(role, way):
        assert answer.status_code == shut, here
    elif way.of_one and role < Role.CONTRIBUTOR and not public:
        assert answer.status_code == 404, here
    else:
        assert answer.status_code not in {401, 404, 405}, here
        assert answer.status_code < 500, here
        if answer.status_code == 403:
            assert answer.body["code"] in {"not_yours", "session_required"}, here
        return
    if way.of_one:
        assert told(answer) == told(ask(caller, way)), here


@pytest.mark.parametrize("status", list(ClaimStatus))
def test_a_claim_in_each_state_is_open_to_each_role_as_far_as_it_may(status, callers):
    claim = a_claim(status)
    suggested = an_assessment(claim, by=a_person("contributor"))
    rows = {"claim": (claim, claim.is_public), "assessment": (suggested, False)}

    for way in WAYS:
        if way.resource not in rows or "{citation}" in way.address:
            continue
        if way.action == "snooze":  # nothing is put off here
            continue
        row, public = rows[way.resource]
        for role, caller in callers.items():
            walk(caller, role, way, {"pk": row.pk}, public=public)


def test_all_else_is_open_to_each_role_as_far_as_it_may(callers):
    citation = a_citation(a_claim())
    article = an_article()
    [candidate, *_] = intake.propose(article, at=NOON)
    hidden = a_claim(ClaimStatus.SECOND_REVIEW)
    keys = {
        "source": {
            "pk": citation.passage.source_id,
            "snapshot": citation.passage.snapshot_id,
        },
        "article": {"pk": article.pk, "candidate": candidate.pk},
        "claimant": {"pk": hidden.claimant_id},
        "review": {"pk": hidden.reviews.get().pk},
    }

    for way in WAYS:
        if way.resource not in keys:
            continue
        for role, caller in callers.items():
            walk(caller, role, way, keys[way.resource], public=False)


@pytest.mark.parametrize("status", ["published", "recheck", "correcting"])
def test_readers_are_not_told_how_the_desk_goes_on_with_what_is_published(
    status, callers
):
    claim = a_claim(status)
    published = claim.moves.get(to_status=ClaimStatus.PUBLISHED).at
    reader, ana = callers[Role.READER], callers[Role.REVIEWER]

    for caller in (reader, callers[Role.STRANGER]):
        shown = caller.get(f"claims/{claim.pk}").body
        assert (shown["status"], shown["due_at"]) == ("published", None)
        assert parse_datetime(shown["moved_at"]) == published
        listed = caller.get("claims?status=published").body["results"]
        assert str(claim.pk) in {each["id"] for each in listed}
        for other in ("recheck", "correcting", "retracted", "new"):
            assert caller.get(f"claims?status={other}").body["results"] == []
    seen = ana.get(f"claims/{claim.pk}").body
    assert seen["status"] == status
    assert bool(seen["due_at"]) is (status != "published")


def test_readers_are_told_what_was_retracted(callers):
    claim = a_claim(ClaimStatus.RETRACTED)

    shown = callers[Role.READER].get(f"claims/{claim.pk}").body
    found = callers[Role.READER].get("claims?status=retracted").body["results"]

    assert shown["status"] == "retracted"
    assert [each["id"] for each in found] == [str(claim.pk)]


def test_a_program_that_may_only_write_is_shown_what_it_wrote():
    writes = a_program("contributor", scopes=["claims:write", "assessments:write"])
    claimant = str(a_claim().claimant_id)

    made = writes.post("claims", {"statement": "The dam held.", "claimant": claimant})
    said = {
        "claim": made.body["id"],
        "assessor": claimant,
        "stance": "supports",
        "statement": "It did.",
    }

    assert made.status_code == 201
    assert writes.post("assessments", said).status_code == 201
    assert writes.get(f"claims/{made.body['id']}").status_code == 404
