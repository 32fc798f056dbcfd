"""Five hundred times two people save one claim at the same moment; nothing is lost."""

import hashlib
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import recheck, watching
from claims.models import Claim, Move
from claims.vocabulary import ClaimStatus
from sources.models import Passage, Sighting, Source
from sources.vocabulary import PassageState
from tests.admin.forms import filled
from tests.admin.rooms import address
from tests.api.conftest import a_program
from tests.desk.sent import edited
from tests.factories import a_claim, a_person, a_snapshot

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 500
AT_DESK, IN_ADMIN, BY_API = "desk", "admin", "API"
ROADS = [
    (AT_DESK, BY_API), (BY_API, IN_ADMIN), (AT_DESK, AT_DESK), (BY_API, AT_DESK),
    (BY_API, BY_API), (IN_ADMIN, AT_DESK), (AT_DESK, BY_API), (IN_ADMIN, IN_ADMIN),
    (BY_API, BY_API), (AT_DESK, AT_DESK),
]  # fmt: skip


class Quick(Client):
    """A browser that keeps no copy of what every template was given: half the work."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


class Racer:
    """Somebody who saves what they read a moment ago, by one of the roads."""

    def __init__(self, claims):
        self.person = a_person("editor")
        self.browser = Quick()
        self.browser.force_login(self.person)
        self.program = a_program(user=self.person)
        self.program.client = Quick()
        # The panel's form is long and the same each time but for two fields.
        self.forms = {
            claim.pk: filled(self.browser.get(self._panel(claim))) for claim in claims
        }
        self.desk_forms = {claim.pk: edited(claim) for claim in claims}

    def save(self, road, claim, version, words):
        """Save these words; tell whether they were taken, and whether they are kept."""
        answer = self._sent(road, claim, version, words)
        taken = answer.status_code in {200, 302} and not (
            road == IN_ADMIN and answer.status_code == 200
        )
        told = {AT_DESK: 409, IN_ADMIN: 200, BY_API: 412}[road]
        assert taken or answer.status_code == told, (road, answer.status_code)
        # A program has what it sent; people have it in the form they are shown.
        kept = taken or road == BY_API or words in answer.content.decode()
        return SimpleNamespace(road=road, words=words, taken=taken, kept=kept)

    def _sent(self, road, claim, version, words):
        if road == AT_DESK:
            form = self.desk_forms[claim.pk] | {"version": version, "topics": words}
            return self.browser.post(reverse("desk:change", args=[claim.pk]), form)
        if road == IN_ADMIN:
            form = self.forms[claim.pk] | {"opened_version": version, "topics": words}
            return self.browser.post(self._panel(claim), form)
        tag = hashlib.sha256(f"{claim.pk} {version}".encode()).hexdigest()[:16]
        return self.program.patch(
            f"claims/{claim.pk}", {"topics": [words]}, If_Match=f'"{tag}.{tag}"'
        )

    def _panel(self, claim):
        return address("claims.claim", "change", claim.pk)


class Workers(threading.Thread):
    """Go on writing down what they find on the pages under these claims."""

    def __init__(self, claims):
        super().__init__()
        self.passages = [
            (passage.pk, passage.source_id, *_two_versions(passage))
            for passage in Passage.objects.filter(citations__claim__in=claims)
        ]
        self.done, self.looks, self.failure = threading.Event(), 0, None

    def run(self):
        try:
            for state in cycle([PassageState.ALTERED, PassageState.INTACT]):
                for passage, source, *snapshots in self.passages:
                    self._look(passage, source, state, snapshots)
                recheck.sweep(now=timezone.now())
                watching.sweep(now=timezone.now())
                if self.done.wait(0.5):
                    return
        except Exception as exc:
            self.failure = exc
            raise
        finally:
            connection.close()

    def _look(self, passage, source, state, snapshots):
        now = timezone.now()
        snapshot = snapshots[state == PassageState.ALTERED]
        Source.objects.filter(pk=source).update(last_checked_at=now)
        Passage.objects.filter(pk=passage).update(
            state=state, state_since=now, snapshot=snapshot, start=0, end=4
        )
        Sighting.objects.create(
            passage_id=passage, at=now, state=state, snapshot=snapshot
        )
        self.looks += 1


def _two_versions(passage):
    return [
        a_snapshot(passage.source, f"{words} {passage.exact} {passage.pk}")
        for words in ("Then", "Now")
    ]


def test_of_two_who_save_at_once_one_is_taken_and_the_other_keeps_their_words(capsys):
    claims = [
        a_claim(status)
        for status in (ClaimStatus.IN_REVIEW, ClaimStatus.PUBLISHED)
        for _ in range(4)
    ]
    racers = [Racer(claims), Racer(claims)]
    workers = Workers(claims)
    gate = threading.Barrier(2)
    saved = []

    def save(racer, road, claim, version, words):
        gate.wait()
        return racer.save(road, claim, version, words)

    def leave():
        gate.wait()  # so that it is done in either thread
        connection.close()

    workers.start()
    with ThreadPoolExecutor(2) as pool:
        for number, claim, roads in zip(range(PAIRS), cycle(claims), cycle(ROADS)):
            version = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
            pair = [
                pool.submit(save, racer, road, claim, version, f"word {number}{side}")
                for racer, road, side in zip(racers, roads, "ab", strict=True)
            ]
            outcome = [each.result() for each in pair]
            assert [each.taken for each in outcome].count(True) == 1, outcome
            saved.append((claim.pk, outcome))
        for each in [pool.submit(leave) for _ in racers]:
            each.result()
    workers.done.set()
    workers.join()

    assert workers.failure is None
    assert all(each.kept for _, pair in saved for each in pair)
    rows = {claim.pk: claim for claim in Claim.objects.all()}
    for claim in claims:
        taken = [
            each.words
            for pk, pair in saved
            for each in pair
            if pk == claim.pk and each.taken
        ]
        assert history_of(claim) == taken
        assert rows[claim.pk].topics == taken[-1:]
        assert rows[claim.pk].version == claim.version + len(taken)
    assert workers.looks > 0
    assert Move.objects.filter(to_status=ClaimStatus.RECHECK).count() == 4
    report(capsys, saved, workers)


def history_of(claim):
    """Return the words that were saved, in order, as the history remembers them."""
    events = apps.get_model("claims", "ClaimEvent")._default_manager
    versions = events.filter(pgh_obj_id=claim.pk, version__gt=claim.version)
    found = {event.version: event.topics for event in versions.order_by("pgh_id")}
    return [words for version in sorted(found) for words in found[version]]


def report(capsys, saved, workers):
    """Say how it went, for whoever reads the log of a run."""
    everything = [each for _, pair in saved for each in pair]
    taken = Counter(each.road for each in everything if each.taken)
    refused = Counter(each.road for each in everything if not each.taken)
    with capsys.disabled():
        print(
            f"\n{len(saved)} pairs: taken {dict(taken)}, told {dict(refused)}, "
            f"lost 0; workers looked {workers.looks} times meanwhile"
        )
