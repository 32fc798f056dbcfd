"""`manage.py refresh`: look at sources here and now."""

import os
import pty
import select
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sources import attaching, checking, leasing
from sources.models import Check, Host, Source
from tests.environment import PROJECT
from tests.live import open_port, test_database_url
from tests.sources.press import Press, stalls

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


def refreshed(capsys, *, code=0, **how):
    if code:
        with pytest.raises(SystemExit) as ended:
            call_command("refresh", **how)
        assert ended.value.code == code
    else:
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


def test_pages_of_one_site_or_in_one_state_can_be_chosen(paper, capsys):
    now = timezone.now()
    elsewhere = attaching.attach("https://elsewhere.example/", now=now)
    failing = Source.objects.exclude(pk=elsewhere.pk).order_by("pk")[:2]
    Source.objects.filter(pk__in=failing).update(state="failing")

    assert refreshed(capsys, host="127.0.0.1", state=["failing"], now=True) == (
        "2 looked at: 2 changed."
    )
    assert refreshed(capsys, host="127.0.0.1") == "4 looked at: 4 changed."
    assert not elsewhere.checks.exists()


def test_a_site_that_is_not_known_is_an_error(paper):
    with pytest.raises(CommandError, match="No source is on"):
        call_command("refresh", host="nowhere.example")


def test_what_its_site_puts_off_is_left_and_said_to_be(paper, capsys):
    now = timezone.now()
    Host.objects.create(
        name="127.0.0.1",
        paused_at=now,
        paused_until=now + timedelta(hours=1),
        pause_reason="The site asked for an hour.",
    )

    said = refreshed(capsys, code=1)

    assert said == (
        "None looked at. Left: 6 put off, for their sites want no visit now."
    )
    assert not Source.objects.exclude(lease_token=None).exists()
    assert Check.objects.count() == 0


def test_stopped_in_the_middle_it_goes_on_where_it_stopped(paper, capsys, monkeypatch):
    real = checking.read
    seen = []

    def interrupted(lease, **how):
        if seen:
            raise KeyboardInterrupt
        for check in real(lease, **how):
            seen.append(check)
            yield check

    monkeypatch.setattr(checking, "read", interrupted)
    said = refreshed(capsys, code=130)
    monkeypatch.setattr(checking, "read", real)

    assert said.startswith("Stopped. ")
    assert said.endswith("Run it again to go on.")
    done = Check.objects.count()
    left = 6 - done
    assert 0 < done < 6
    assert Source.objects.due(timezone.now() + timedelta(seconds=1)).count() == left
    assert refreshed(capsys) == f"{left} looked at: {left} changed."


def test_what_breaks_here_is_counted_and_given_up_in_the_end(
    paper, capsys, monkeypatch, settings
):
    broken = Source.objects.order_by("pk")[0]
    Source.objects.filter(pk=broken.pk).update(attempts=settings.SOURCES_MAX_ATTEMPTS)

    said = refreshed(capsys, code=0)

    broken.refresh_from_db()
    assert broken.parked_at is not None
    assert "5 looked at: 5 changed." in said


# --- As a program -------------------------------------------------------------


def program(*arguments, **how):
    return subprocess.Popen(
        [sys.executable, "manage.py", "refresh", *arguments],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": test_database_url(),
            "TERM": "xterm",
            "COLUMNS": "160",
        },
        # Started behind a shell's `&`, all that follows would inherit a deaf ear.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - takes no lock
        **how,
    )


@pytest.mark.django_db(transaction=True)
def test_ctrl_c_ends_it_with_everything_given_back(paper):
    attaching.attach(paper.on("/slow", stalls), now=timezone.now())
    terminal, side = pty.openpty()
    running = program(stdout=subprocess.PIPE, stderr=side, text=True)
    os.close(side)
    seen = b""
    while b"6/7" not in seen:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, seen.decode()
        seen += os.read(terminal, 65_536)

    running.send_signal(signal.SIGINT)
    try:
        said, _ = running.communicate(timeout=60)
    finally:
        running.kill()

    assert running.returncode == 130
    assert said.startswith("Stopped. 6 looked at: 6 changed. Left: 1 still due.")
    assert not Source.objects.exclude(lease_token=None).exists()
    assert "6 changed" in seen.decode()


@pytest.mark.django_db(transaction=True)
def test_written_to_a_file_it_is_plain_lines(paper):
    running = program(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    said, told = running.communicate(timeout=120)

    assert running.returncode == 0
    assert said == "6 looked at: 6 changed.\n"
    assert "\x1b" not in told
