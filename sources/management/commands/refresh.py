"""`manage.py refresh`: look at sources here and now, with a progress bar."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources import checking, leasing, metrics, reaching
from sources.clock import shared_clock, shared_now
from sources.leasing import Lease
from sources.management.rounds import Left, Round
from sources.management.telling import Teller
from sources.models import Check, Source
from sources.net import Doorkeeper
from sources.net.courtesy import Courtesy
from sources.vocabulary import SourceState

STOPPED = 130  # as a shell has it, of what was ended with Ctrl-C
UNFINISHED = 1
# A site is visited step by step; for a turn that comes later nobody waits here.
_LONGEST_WAIT = timedelta(seconds=60)
_NAP_SECONDS = 0.5


class Command(BaseCommand):
    help = (
        "Look at the sources that are due, beside the workers or without them. It can"
        " be stopped with Ctrl-C and started again: what was looked at is not due any"
        " more. Ends with 0 when all were looked at or are with the workers, with 1"
        " when some have to wait for their sites, with 130 when it was stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--now",
            action="store_true",
            help="look at every source, due or not, also those that were given up",
        )
        which.add_argument(
            "--due", action="store_true", help="look at what is due, as without --now"
        )
        parser.add_argument("--host", default="", help="only pages of this site")
        parser.add_argument(
            "--state",
            choices=SourceState.values,
            action="append",
            help="only sources that stand so; may be given several times",
        )

    def handle(
        self,
        *args: Any,
        now: bool = False,
        host: str = "",
        state: list[str] | None = None,
        **options: Any,
    ) -> None:
        host = host.strip().lower()
        if host and not Source.objects.filter(host=host).exists():
            raise CommandError(
                f"No source is on {host!r}. Give the name alone: example.org"
            )
        chosen = Round(host=host, states=state or (), everything=now)
        waiting = chosen.begin(at=shared_now())
        teller = Teller(total=waiting)
        try:
            with teller, _door() as door:
                _Work(chosen, door=door, teller=teller).run()
        except KeyboardInterrupt:
            left = chosen.left(now=shared_now())
            self.stdout.write(
                f"Stopped. {teller.sentence()} {left.sentence()} Run it again to go on."
            )
            raise SystemExit(STOPPED) from None
        left = chosen.left(now=shared_now())
        self.stdout.write(_sentence(teller, waiting=waiting, left=left))
        if left.unfinished:
            raise SystemExit(UNFINISHED)


class _Work:
    """The looking itself: leases what was chosen until none of it is due."""

    def __init__(self, chosen: Round, *, door: Doorkeeper, teller: Teller) -> None:
        self._chosen = chosen
        self._door = door
        self._teller = teller
        self._rules = checking.Rules.from_settings()
        self._terms = checking.terms()
        self._under_way: list[Lease] = []

    def run(self) -> None:
        """Look at everything; stopped, give back what was begun."""
        try:
            while True:
                while lease := self._lease(self._terms.batch):
                    self._look(lease)
                    self._under_way.clear()
                if not self._waits():
                    return
        except BaseException:
            # What was not looked at is due again at once; the rest has no lease to end.
            for lease in self._under_way:
                leasing.give_back(lease, now=shared_now())
            raise

    def _look(self, lease: Lease) -> None:
        probe = checking.probing(self._door)
        waves = checking.fetch(
            lease,
            door=self._door,
            rules=self._rules,
            clock=shared_now,
            more=self._lease,
        )
        for wave in waves:
            self._took(wave.checks)
            for unread in wave.unread:
                for check in checking.read(
                    unread, probe=probe, rules=self._rules, clock=shared_now
                ):
                    self._took([check])

    def _took(self, checks: list[Check]) -> None:
        metrics.count(checks)
        self._chosen.seen(checks)
        self._teller.looked(checks)

    def _lease(self, most: int) -> Lease | None:
        now = shared_now()
        ids = self._chosen.take(most, per_host=self._terms.per_host, now=now)
        leases = leasing.lease_these(ids, now=now, terms=self._terms) if ids else []
        if not leases:
            return None
        (lease,) = leases  # what goes alone is asked for alone
        self._chosen.begun(lease.source_ids)
        self._under_way.append(lease)
        return lease

    def _waits(self) -> bool:
        """Wait a little for the next turn, if there is one worth waiting for."""
        now = shared_now()
        turn = self._chosen.next_turn(now=now)
        if turn is None:
            return False
        wait = turn - now
        if wait > _LONGEST_WAIT:
            return False
        self._teller.waits(wait.total_seconds())
        time.sleep(_NAP_SECONDS)
        return True


def _door() -> Doorkeeper:
    courtesy = Courtesy(reaching.manners(), clock=shared_clock())
    return Doorkeeper(checking.door_config(), courtesy=courtesy)


def _sentence(teller: Teller, *, waiting: int, left: Left) -> str:
    if not waiting:
        return "No source is due. Use --now to look at all of them."
    if not teller.found and not left.unfinished:
        return "The workers were quicker: all that was due is with them."
    return " ".join(filter(None, (teller.sentence(), left.sentence())))
