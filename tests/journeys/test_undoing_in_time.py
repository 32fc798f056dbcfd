"""Undoing at the very moment when it goes out: undone and never told, or told once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import outbox
from claims.models import Claim, Delivery, Event
from claims.vocabulary import ClaimStatus
from sources.clock import shared_now
from tests.api.conftest import a_program
from tests.claims.telling import a_webhook
from tests.factories import a_claim, a_person

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMS, ROADS = 24, 4
WITHIN = timedelta(seconds=0.6)


class Dispatchers:
    """Two workers that tell what is due as soon as it is, by the database's clock."""

    def __init__(self):
        self.done, self.failures = threading.Event(), []
        self.threads = [threading.Thread(target=self._run) for _ in range(2)]

    def _run(self):
        try:
            while not self.done.wait(0.005):
                outbox.tell(now=shared_now())
        except Exception as exc:
            self.failures.append(exc)
        finally:
            connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        for thread in self.threads:
            thread.join()


class Undoer:
    """Who published a claim, with two browsers and two programs that all undo."""

    def __init__(self):
        self.person = a_person("reviewer")
        self.browsers = [Client(), Client()]
        for browser in self.browsers:
            browser.force_login(self.person)
        self.programs = [a_program(user=self.person) for _ in range(2)]

    def publish(self, claim):
        at = reverse("desk:second", args=[claim.pk])
        assert self.browsers[0].post(at, {"verdict": "false"}).status_code == 302
        return claim.reviews.get().published_at

    def ask(self, number, claim, moment):
        """Whether it was undone by the road of that number, asked at that moment."""
        try:
            left = moment - shared_now()
            threading.Event().wait(max(0, left.total_seconds()))
            if number % 2:
                program = self.programs[number // 2]
                answer = program.post(f"claims/{claim.pk}/moves/undo")
                assert answer.status_code in {200, 409, 422}, answer.content
                return answer.status_code == 200
            browser = self.browsers[number // 2]
            answer = browser.post(reverse("desk:undo", args=[claim.pk]))
            assert answer.status_code in {302, 422}, answer.content
            return answer.status_code == 302
        finally:
            connection.close()


def test_it_is_undone_and_never_told_or_told_once_and_never_undone(settings):
    settings.CLAIMS_UNDO_WITHIN = WITHIN
    webhook = a_webhook()
    ben = Undoer()
    claims = [a_claim(ClaimStatus.SECOND_REVIEW) for _ in range(CLAIMS)]
    won = {}

    with Dispatchers() as dispatchers, ThreadPoolExecutor(ROADS) as four:
        for turn, claim in enumerate(claims):
            over = ben.publish(claim)
            # Each is asked for earlier than the one before, by little at first: the
            # end comes in the middle of each of the statements that undo.
            ahead = WITHIN * (turn / CLAIMS) ** 2
            asked = [
                four.submit(ben.ask, number, claim, over - ahead)
                for number in range(ROADS)
            ]
            won[claim.pk] = sum(each.result() for each in asked)
        for claim in claims:  # whatever was left to be told is told by now
            while Event.objects.filter(claim=claim, number=None).exists():
                assert not dispatchers.failures
    outbox.tell(now=shared_now())

    assert not dispatchers.failures
    found = Counter(_became(claim, won[claim.pk]) for claim in claims)
    assert set(found) == {"undone", "told"}, found
    sent = Delivery.objects.filter(webhook=webhook)
    assert sent.count() == found["told"]
    numbers = Event.objects.values_list("number", flat=True).order_by("number")
    assert list(numbers) == list(range(1, found["told"] + 1))


def _became(claim, undone):
    status = Claim.objects.get(pk=claim.pk).status
    told = Event.objects.filter(claim=claim).count()
    if (undone, status, told) == (1, ClaimStatus.SECOND_REVIEW, 0):
        return "undone"
    if (undone, status, told) == (0, ClaimStatus.PUBLISHED, 1):
        return "told"
    return undone, status, told
