"""What a list is asked besides its filters: which members, what with it, as of when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import editing, workflow
from claims.models import Assessment, Claim, Claimant, Review
from config.api import paging
from tests.api.conftest import pointers
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_assessment,
)

pytestmark = pytest.mark.django_db


# --- Members ------------------------------------------------------------------


def test_only_the_members_that_are_named_are_given(stranger):
    claim = a_claim("published")

    [row] = stranger.get("claims?fields=id,statement").body["results"]

    assert row == {"id": str(claim.pk), "statement": claim.statement}


@pytest.mark.parametrize(
    "names",
    ["nothing", "id,nothing", "", ",", "id,", "review.verdict"],
)
def test_a_member_that_is_not_there_is_refused(stranger, names):
    answer = stranger.get(f"claims?fields={names}")

    assert answer.status_code == 400
    assert pointers(answer) == {"?fields"}


def test_pages_go_on_with_the_same_members(stranger):
    for _ in range(3):
        a_claim("published")

    first = stranger.get("claims?fields=statement&limit=2").body
    second = stranger.get(first["next"]).body

    assert [set(row) for row in second["results"]] == [{"statement"}]


# --- What belongs to a claim --------------------------------------------------


def test_what_belongs_to_a_claim_is_given_with_it(stranger):
    claim = a_claim("published")
    said = an_assessment(claim)
    plain = stranger.get(f"claims/{claim.pk}").body

    whole = stranger.get(
        f"claims/{claim.pk}?include=assessments,citations,reviews"
    ).body
    [listed] = stranger.get("claims?include=assessments,citations,reviews").body[
        "results"
    ]

    assert listed == whole
    for name in ("assessments", "citations", "reviews"):
        assert name not in plain
        apart = stranger.get(f"claims/{claim.pk}/{name}").body["results"]
        assert whole.pop(name) == apart
    assert whole == stranger.get(f"claims/{claim.pk}").body
    assert said.claim_id == claim.pk


def test_readers_are_given_with_it_what_they_may_see(stranger, reviewer):
    claim = a_claim("published")
    suggested = an_assessment(claim, by=a_person("contributor"))
    path = f"claims/{claim.pk}?include=assessments,reviews"
    assert suggested.state == "suggested"

    told = stranger.get(path).body
    desk = reviewer.get(path).body

    assert told["assessments"] == []
    assert [each["id"] for each in desk["assessments"]] == [str(suggested.pk)]
    assert [each["deliberation"] for each in told["reviews"]] == [None]


def test_of_many_the_first_twenty_are_given_with_it(reviewer):
    claim = a_claim("published")
    for _ in range(22):
        an_assessment(claim)

    shown = reviewer.get(f"claims/{claim.pk}?include=assessments").body["assessments"]

    assert len(shown) == 20
    apart = reviewer.get(f"claims/{claim.pk}/assessments?limit=20").body["results"]
    assert [each["id"] for each in shown] == [each["id"] for each in apart]


def test_what_cannot_be_given_with_it_is_refused(stranger):
    claim = a_claim("published")

    for path in ("claims", f"claims/{claim.pk}"):
        answer = stranger.get(f"{path}?include=assessments,secrets")
        assert answer.status_code == 400
        assert pointers(answer) == {"?include"}


def test_a_page_with_all_that_belongs_to_it_costs_a_fixed_number_of_queries(
    stranger, django_assert_max_num_queries
):
    for _ in range(4):
        an_assessment(a_claim("published"))

    with django_assert_max_num_queries(16):
        stranger.get("claims?include=assessments,citations,reviews")


# --- As of then ---------------------------------------------------------------


@pytest.fixture
def corrected():
    """A claim whose verdict was replaced a day after it was published."""
    claim = a_claim("published", verdict="false")
    review = claim.reviews.get()
    day = timedelta(days=1)
    later = review.valid_from + day
    writer, second = review.written_by, review.second_reviewer
    workflow.start_correction(claim, by=writer, at=later)
    workflow.write_review(
        claim,
        by=writer,
        at=later,
        verdict="true",
        summary="It is true.",
        explanation="E.",
    )
    workflow.submit(
        claim,
        by=writer,
        at=later,
        correction_kind="correction",
        correction_note="Wrong.",
    )
    workflow.second(claim, by=second, at=later, verdict="true")
    return Claim.objects.get(pk=claim.pk), review.valid_from, later


def stamp(moment):
    return moment.isoformat().replace("+00:00", "Z")


def test_a_claim_is_given_as_it_read_then(stranger, reviewer, corrected):
    claim, first, second = corrected
    path = f"claims/{claim.pk}"

    for caller in (stranger, reviewer):
        now = caller.get(path).body
        then = caller.get(f"{path}?as_of={stamp(first + timedelta(hours=1))}").body
        late = caller.get(f"{path}?as_of={stamp(second + timedelta(hours=1))}").body
        assert now["review"]["verdict"] == late["review"]["verdict"] == "true"
        assert then["review"]["verdict"] == "false"
        assert then["status"] == "published"
        early = caller.get(f"{path}?as_of={stamp(first - timedelta(hours=1))}")
        assert early.status_code == 404


def test_a_list_of_then_has_what_stood_then(stranger, corrected):
    _, first, second = corrected
    at_first = stamp(first + timedelta(hours=1))

    def found(query):
        return len(stranger.get(f"claims?{query}").body["results"])

    assert found(f"as_of={stamp(first - timedelta(hours=1))}") == 0
    assert found(f"as_of={at_first}&verdict=false") == 1
    assert found(f"as_of={at_first}&verdict=true") == 0
    assert found(f"as_of={stamp(second + timedelta(hours=1))}&verdict=true") == 1
    assert found(f"as_of={at_first}&status=published") == 1
    assert found(f"as_of={at_first}&status=retracted") == 0


def test_what_was_withdrawn_since_is_given_as_it_read_then(stranger):
    claim = a_claim("published")
    review = claim.reviews.get()
    late = review.valid_from + timedelta(days=1)
    workflow.retract(claim, by=a_person("editor"), at=late, note="Invented.")

    then = stranger.get(f"claims/{claim.pk}?as_of={stamp(review.valid_from)}").body

    assert then["status"] == "published"
    assert then["review"]["id"] == str(review.pk)


def test_voices_are_counted_as_they_were_heard_then(stranger):
    claim = a_claim("published")
    said = an_assessment(claim)
    at = claim.reviews.get().valid_from + timedelta(days=2)
    Assessment.objects.filter(pk=said.pk).update(decided_at=at)

    before, after = (
        stranger.get(
            f"claims/{claim.pk}?include=assessments&as_of={stamp(moment)}"
        ).body
        for moment in (at - timedelta(hours=1), at)
    )

    assert (before["against"], before["assessments"]) == (0, [])
    assert (after["against"], len(after["assessments"])) == (1, 1)
    for asked in (f"has_contradiction=true&as_of={stamp(at - timedelta(hours=1))}",
                  f"stance=supports&as_of={stamp(at)}"):  # fmt: skip
        assert stranger.get(f"claims?{asked}").body["results"] == []


@pytest.mark.django_db(transaction=True)  # the history has one time a transaction
def test_topics_that_were_put_right_since_read_as_they_did(stranger):
    claim = a_claim("published", topics=["strike"])
    before = timezone.now()
    editing.change_claim(
        claim,
        by=a_person("reviewer"),
        at=before,
        version=claim.version,
        topics=["dams"],
    )

    then = stranger.get(f"claims/{claim.pk}?as_of={stamp(before)}").body
    now = stranger.get(f"claims/{claim.pk}").body

    assert (then["topics"], now["topics"]) == (["strike"], ["dams"])


# --- How many -----------------------------------------------------------------


def claimants(number):
    Claimant.objects.bulk_create(
        Claimant(name=f"Speaker {n}", kind="person", created_at=NOON)
        for n in range(number)
    )


@pytest.mark.parametrize("how", ["exact", "estimated"])
def test_few_are_counted_one_by_one(contributor, how):
    claimants(7)

    found = contributor.get(f"claimants?limit=2&count={how}").body

    assert (found["count"], found["count_is"]) == (7, "exact")


def test_counting_comes_to_an_end(contributor, monkeypatch):
    monkeypatch.setattr(paging, "EXACT_AT_MOST", 5)
    monkeypatch.setattr(paging, "ESTIMATED_FROM", 3)
    claimants(7)

    exact = contributor.get("claimants?count=exact").body
    guess = contributor.get("claimants?count=estimated").body

    assert (exact["count"], exact["count_is"]) == (5, "at_least")
    assert guess["count_is"] == "estimated"
    assert guess["count"] >= 3


# --- Beside a claim -----------------------------------------------------------


def test_the_timeline_tells_what_happened_in_its_order(stranger):
    claim = a_claim("published", said_at=NOON - timedelta(days=9))
    said = editing.add_assessment(
        claim,
        assessor=a_claimant(),
        stance="contradicts",
        statement="Two halls have lost their roofs.",
        said_at=NOON - timedelta(days=8),
        by=a_person("reviewer"),
        at=NOON,
    )
    late = NOON + timedelta(days=1)
    workflow.retract(
        Claim.objects.get(pk=claim.pk), by=a_person("editor"), at=late, note="Invented."
    )

    told = stranger.get(f"claims/{claim.pk}/timeline").body

    assert told["claim"] == str(claim.pk)
    assert [step["what"] for step in told["steps"]] == [
        "said", "answered", "published", "retracted",
    ]  # fmt: skip
    spoken, answered, published, withdrawn = told["steps"]
    assert spoken["claimant"]["id"] == str(claim.claimant_id)
    assert (answered["assessment"], answered["stance"]) == (str(said.pk), said.stance)
    assert published["verdict"] == Review.objects.get(claim=claim).verdict
    assert withdrawn["review"] is None


def test_the_graph_tells_who_speaks_against_whom(stranger, reviewer):
    claim = a_claim("published")
    said = an_assessment(claim)
    hidden = a_claim("new")
    an_assessment(hidden)

    drawn = stranger.get(f"claims/{claim.pk}/graph").body

    assert drawn["ties"] == [
        {
            "speaker": str(said.assessor_id),
            "of": str(claim.claimant_id),
            "stance": said.stance,
            "times": 1,
        }
    ]
    assert {each["id"] for each in drawn["claimants"]} == {
        str(said.assessor_id),
        str(claim.claimant_id),
    }
    assert len(reviewer.get(f"claims/{hidden.pk}/graph").body["ties"]) == 1


def test_who_has_a_claim_open_is_known_for_a_while(reviewer, editor, contributor):
    path = f"claims/{a_claim('in_review').pk}/lease"

    first = reviewer.post(path)
    again = reviewer.post(path, {})
    editor.post(path)
    both = contributor.get(path).body["leases"]
    left = reviewer.delete(path)

    assert (first.status_code, again.status_code, left.status_code) == (200, 200, 204)
    assert [each["holder"]["id"] for each in both] == [
        reviewer.user.pk,
        editor.user.pk,
    ]
    assert len(contributor.get(path).body["leases"]) == 1


@pytest.mark.parametrize("name", ["timeline", "graph", "lease"])
def test_what_stands_beside_a_hidden_claim_is_hidden(stranger, reader, name):
    claim = a_claim("in_review")
    a_citation(claim)

    for caller in (stranger, reader):
        hidden = caller.get(f"claims/{claim.pk}/{name}")
        absent = caller.get(f"claims/{a_claimant().pk}/{name}")
        assert hidden.status_code == absent.status_code in {401, 404}
        assert {**hidden.body, "request_id": ""} == {**absent.body, "request_id": ""}
