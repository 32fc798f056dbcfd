"""`manage.py refresh`: look at sources here and now."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from sources import attaching, checking, leasing
from sources.models import Check, Source
from tests.live import open_port
from tests.sources.press import Press

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    with Press(port=open_port()) as press:
        for n in range(6):
            url = press.page(
                f"/{n}", f"<p>Words of story number {n} that go on for a while.</p>"
            )
            attaching.attach(url, now=timezone.now())
        yield press


def refreshed(capsys, **how):
    call_command("refresh", **how)
    return capsys.readouterr().out.strip()


def test_everything_that_is_due_is_looked_at_however_many_of_one_host(paper, capsys):
    said = refreshed(capsys)

    assert said == "6 looked at: 6 changed."
    assert Check.objects.count() == 6


def test_what_is_not_due_is_looked_at_when_asked_for_now(paper, capsys):
    refreshed(capsys)
    Source.objects.update(parked_at=timezone.now())

    assert refreshed(capsys) == "No source is due. Use --now to look at all of them."
    assert refreshed(capsys, now=True) == "6 looked at: 6 unchanged."


def test_what_the_workers_hold_already_is_left_to_them(paper, capsys):
    while leasing.lease_due(now=timezone.now(), terms=checking.terms()):
        pass

    said = refreshed(capsys, now=True)

    assert said == "The workers were quicker: all that was due is with them."


def test_stopped_in_the_middle_it_goes_on_where_it_stopped(paper, capsys, monkeypatch):
    real = checking.check

    def interrupted(lease, **how):
        checks = real(lease, **how)
        yield next(checks)
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "check", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refreshed(capsys)
    monkeypatch.setattr(checking, "check", real)

    assert Source.objects.due(timezone.now() + timedelta(seconds=1)).count() == 5
    assert refreshed(capsys) == "5 looked at: 5 changed."
