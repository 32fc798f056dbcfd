"""PostgreSQL or Redis does not answer: how that is known, and what is said of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError as QueueError

if TYPE_CHECKING:
    from collections.abc import Iterator

TRY_AGAIN_AFTER_SECONDS = 2

# A pool that has no connection to give raises the first of them as well.
_DATABASE = (OperationalError, InterfaceError)
_QUEUE = (redis.RedisError, QueueError)


def is_away(exc: BaseException | None) -> bool:
    """
    Tell whether an error means that one of the two servers does not answer.

    Also where something else tripped over it: what goes on with a lost connection
    raises errors of its own.
    """
    return any(isinstance(each, (*_DATABASE, *_QUEUE)) for each in _causes(exc))


def page() -> HttpResponse:
    """Return the page that says so; it asks no server for anything."""
    return HttpResponse(
        render_to_string("503.html"),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={
            "Retry-After": str(TRY_AGAIN_AFTER_SECONDS),
            "Cache-Control": "no-store",
        },
    )


def _causes(exc: BaseException | None) -> Iterator[BaseException]:
    while exc is not None:
        yield exc
        exc = exc.__cause__ or exc.__context__
