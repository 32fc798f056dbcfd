"""Address → source, words → passage."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from sources import attaching
from sources.errors import AddressRefused, PassageRefused
from sources.models import Passage, Source
from tests.factories import NOON

pytestmark = pytest.mark.django_db

URL = "https://paper.example/strike"


def at_once(count, act):
    def run():
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_fifty_who_attach_one_address_at_once_get_one_source():
    at_once(50, lambda: attaching.attach(URL, now=NOON))

    assert Source.objects.get().due_at == NOON


@pytest.mark.django_db(transaction=True)
def test_many_who_watch_the_same_words_at_once_get_one_passage():
    source = attaching.attach(URL, now=NOON)

    at_once(10, lambda: attaching.watch(source, exact="two halls", now=NOON))

    assert Passage.objects.count() == 1


def test_new_words_to_watch_make_a_source_due():
    source = attaching.attach(URL, now=NOON)
    Source.objects.update(due_at=NOON + timedelta(days=9))

    attaching.watch(source, exact="two halls", now=NOON)

    assert Source.objects.get().due_at == NOON


@pytest.mark.parametrize("url", ["", "paper.example", "file:///etc/passwd", "\x00"])
def test_what_is_no_address_of_a_page_is_refused(url):
    with pytest.raises(AddressRefused):
        attaching.attach(url, now=NOON)


@pytest.mark.parametrize("exact", ["", " \n", "\x00", "\udcff", "\u202ex", "x" * 5001])
def test_what_cannot_be_watched_is_refused_with_a_reason(exact):
    source = attaching.attach(URL, now=NOON)

    with pytest.raises(PassageRefused):
        attaching.watch(source, exact=exact, now=NOON)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.1/", "address_network"),
        ("http://0x0a.1/", "address_network"),
        ("http://[::1]/", "address_network"),
        ("http://169.254.169.254/latest/meta-data/", "address_network"),
        ("https://paper.example:22/", "address_port"),
    ],
)
def test_an_address_that_would_never_be_fetched_is_refused_at_once(url, code):
    with pytest.raises(AddressRefused) as refusal:
        attaching.attach(url, now=NOON)

    assert refusal.value.code == code
    assert not Source.objects.exists()


def test_words_watched_on_a_page_that_has_moved_meanwhile_are_looked_for_there():
    page = attaching.attach(URL, now=NOON)
    stale = attaching.attach("https://paper.example/old", now=NOON)
    Source.objects.filter(pk=stale.pk).update(same_as=page)
    Source.objects.filter(pk=page.pk).update(due_at=NOON + timedelta(days=9))

    passage = attaching.watch(stale, exact="two halls", now=NOON)

    assert passage.source == page
    assert Source.objects.get(pk=page.pk).due_at == NOON


def test_a_page_put_off_while_it_is_watched_closely_is_taken_up_again():
    page = attaching.attach(URL, now=NOON)
    until, soon = NOON + timedelta(days=1), NOON + settings.SOURCES_CLOSE_INTERVAL
    Source.objects.update(closely_until=until, due_at=NOON + timedelta(days=28))

    attaching.watch_closely([page], until=until, at=NOON)

    assert Source.objects.get().due_at == soon
