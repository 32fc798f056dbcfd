"""Events: written with the change, told once readers can see it, never if undone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from claims import editing, outbox, workflow
from claims.models import Claim, Event
from claims.vocabulary import ClaimStatus, EventType
from sources.models import Sighting, Source
from sources.vocabulary import PassageState, SourceState
from tests.api.conftest import Caller
from tests.factories import a_citation, a_claim, a_person, a_snapshot, an_assessment

pytestmark = pytest.mark.django_db
T = EventType


def types(claim):
    return list(claim.told.order_by("at", "pk").values_list("type", flat=True))


def published_now(now):
    """A claim that was published at this moment, and who published it."""
    claim, second = a_claim(ClaimStatus.SECOND_REVIEW), a_person("reviewer")
    workflow.second(claim, verdict="false", by=second, at=now)
    return Claim.objects.get(pk=claim.pk), second


def test_a_publication_is_written_down_with_it_for_the_moment_it_goes_out():
    now = timezone.now()

    claim, _ = published_now(now)

    event = claim.told.get()
    assert (event.type, event.at) == (T.CLAIM_PUBLISHED, now + timedelta(seconds=10))
    assert event.data["claim"]["review"]["verdict"] == "false"
    assert event.data["claim_review"]["@type"] == "ClaimReview"


def test_nothing_is_told_before_the_ten_seconds_have_passed():
    now = timezone.now()
    claim, _ = published_now(now)

    assert outbox.tell(now=now + timedelta(seconds=9)) == 0
    assert claim.told.get().number is None


def test_what_was_undone_is_never_told():
    now = timezone.now()
    claim, second = published_now(now)

    workflow.undo(claim, by=second, at=timezone.now())

    assert not claim.told.exists()


def test_a_publication_that_is_not_kept_leaves_no_event():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)

    with transaction.atomic():
        workflow.second(
            claim, verdict="false", by=a_person("reviewer"), at=timezone.now()
        )
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_events_are_numbered_in_the_order_in_which_readers_see_them():
    first, second = a_claim(ClaimStatus.PUBLISHED), a_claim(ClaimStatus.RETRACTED)

    assert outbox.tell(now=timezone.now()) == 3
    assert outbox.tell(now=timezone.now()) == 0

    told = list(Event.objects.told().in_order())
    assert [event.number for event in told] == [1, 2, 3]
    assert [event.at for event in told] == sorted(event.at for event in told)
    assert types(first) == [T.CLAIM_PUBLISHED]
    assert types(second) == [T.CLAIM_PUBLISHED, T.CLAIM_RETRACTED]


def test_a_retraction_within_the_ten_seconds_is_told_in_the_place_of_the_publication():
    now = timezone.now()
    claim, _ = published_now(now)

    workflow.retract(claim, by=a_person("editor"), at=now, note="It was invented.")

    event = claim.told.get()
    assert (event.type, event.data["claim"]["review"]) == (T.CLAIM_RETRACTED, None)
    assert event.data["correction"]["note"] == "It was invented."


def test_a_correction_is_told_with_its_note():
    claim = a_claim(ClaimStatus.CORRECTING)
    writer = claim.assigned_to
    now = timezone.now()
    workflow.write_review(
        claim,
        verdict="mixed",
        summary="One hall lost its roof.",
        explanation="Newer images.",
        correction_kind="correction",
        correction_note="One hall, not two.",
        by=writer,
        at=now,
    )
    workflow.submit(claim, by=writer, at=now)
    workflow.second(claim, verdict="mixed", by=a_person("reviewer"), at=now)

    event = claim.told.latest("at")
    assert event.type == T.CLAIM_CORRECTED
    assert event.data["correction"]["note"] == "One hall, not two."
    assert event.data["claim"]["review"]["verdict"] == "mixed"


def test_an_assessment_is_told_of_a_published_claim_only():
    hidden, seen = a_claim(ClaimStatus.IN_REVIEW), a_claim(ClaimStatus.PUBLISHED)

    for claim in (hidden, seen):
        an_assessment(claim)
        an_assessment(claim, by=a_person("contributor"))  # suggested

    assert types(hidden) == []
    assert types(seen) == [T.ASSESSMENT_CONFIRMED, T.CLAIM_PUBLISHED] or types(
        seen
    ) == [T.CLAIM_PUBLISHED, T.ASSESSMENT_CONFIRMED]


def test_an_assessment_within_the_ten_seconds_waits_for_the_publication():
    now = timezone.now()
    claim, _ = published_now(now)

    editing.confirm(an_assessment(claim, by=a_person("contributor")),
                    by=a_person("reviewer"), at=now)  # fmt: skip

    told = claim.told.get(type=T.ASSESSMENT_CONFIRMED)
    assert told.at == now + timedelta(seconds=10)


def test_how_the_desk_goes_on_with_a_published_claim_is_told_to_nobody():
    claim = a_claim(ClaimStatus.RECHECK)

    workflow.reaffirm(
        claim, by=a_person("reviewer"), at=timezone.now(), note="It stands."
    )

    assert types(claim) == [T.CLAIM_PUBLISHED]


@pytest.mark.parametrize(
    ("state", "kind"),
    [("altered", T.QUOTE_ALTERED), ("missing", T.QUOTE_MISSING)],
)
def test_words_that_changed_under_a_published_claim_are_told_once(state, kind):
    claim, now = a_claim(ClaimStatus.PUBLISHED), timezone.now()
    passage = claim.citations.get().passage
    Sighting.objects.create(passage=passage, at=now, state=PassageState(state))

    assert [outbox.notice(now=now), outbox.notice(now=now)] == [1, 0]

    event = claim.told.get(type=kind)
    assert event.at == now
    assert event.data["quotation"]["exact"] == passage.exact
    assert event.data["claim"]["review"]["verdict"] == "false"


def test_words_under_a_claim_that_readers_do_not_see_are_told_to_nobody():
    now = timezone.now()
    for status in (ClaimStatus.SECOND_REVIEW, ClaimStatus.RETRACTED):
        passage = a_claim(status).citations.get().passage
        Sighting.objects.create(passage=passage, at=now, state=PassageState.MISSING)

    assert outbox.notice(now=now) == 0


def test_a_page_that_is_gone_is_told_unless_an_archive_shows_the_words():
    now = timezone.now()
    lost, kept = a_claim(ClaimStatus.PUBLISHED), a_claim(ClaimStatus.PUBLISHED)
    for claim in (lost, kept):
        Source.objects.filter(passages__citations__claim=claim).update(
            state=SourceState.GONE, state_since=now
        )
    passage = kept.citations.get().passage
    Sighting.objects.create(
        passage=passage,
        at=now,
        state=PassageState.INTACT,
        snapshot=a_snapshot(passage.source, "Before. Copied."),
        memento_url="https://archive.example/1",
    )

    assert outbox.notice(now=now) == 1
    assert types(lost)[-1] == T.SOURCE_GONE


def test_what_happened_before_it_was_cited_is_no_news():
    claim, now = a_claim(ClaimStatus.PUBLISHED), timezone.now()
    passage = claim.citations.get().passage
    Sighting.objects.create(
        passage=passage,
        at=now - timedelta(hours=1),
        state=PassageState.ALTERED,
    )
    outbox.notice(now=now)
    later = a_claim(ClaimStatus.PUBLISHED)
    a_citation(later)

    assert T.QUOTE_ALTERED not in types(later)


def test_the_claim_is_told_as_readers_are_shown_it():
    claim = a_claim(ClaimStatus.PUBLISHED, topics=["strike"])
    shown = Caller().get(f"claims/{claim.pk}").body

    told = claim.told.get().data["claim"]

    assert told == {name: shown[name] for name in told}
