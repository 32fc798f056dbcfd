"""Print a new access token, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims import tokens
from claims.vocabulary import Scope

if TYPE_CHECKING:
    from argparse import ArgumentParser

MOST_DAYS = 36_500


class Command(BaseCommand):
    """`manage.py create_token USER --scope SCOPE …`."""

    help = "Make a token for a program and print it. It is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="whose token it is: a sign-in name")
        parser.add_argument(
            "--scope",
            dest="scopes",
            metavar="SCOPE",
            nargs="+",
            action="extend",
            required=True,
            choices=Scope.values,
            help=f"what it may do: {', '.join(Scope.values)}",
        )
        parser.add_argument("--name", default="command line", help="to know it by")
        parser.add_argument("--days", type=int, help="how long it opens the door")

    def handle(self, *args: Any, **options: Any) -> None:
        now, days = timezone.now(), options["days"]
        if days is not None and not 0 < days <= MOST_DAYS:
            raise CommandError(f"--days is a number from 1 to {MOST_DAYS}.")
        try:
            user = User.objects.get(username=options["user"], is_active=True)
        except User.DoesNotExist as exc:
            raise CommandError(
                "Nobody with an open account signs in with this name."
            ) from exc
        try:
            token, secret = tokens.issue(
                to=user,
                name=options["name"],
                scopes=options["scopes"],
                at=now,
                expires_at=now + timedelta(days=days) if days else None,
            )
        except ValidationError as exc:
            raise CommandError(" ".join(exc.messages)) from exc
        # The secret alone goes to the output, so that a script can take it from there.
        self.stdout.write(secret)
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "for ever"
        self.stderr.write(f"{', '.join(token.scopes)}; valid {until}; shown this once.")
