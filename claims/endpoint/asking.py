"""Asking the plugged-in model, within its budget and through the one door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from claims.endpoint import ledger, memory
from claims.endpoint.chat import Question, Reply, body, object_of, reply_of
from claims.endpoint.terms import Terms
from claims.errors import NoAnswer
from claims.vocabulary import WhyNot
from sources.errors import BadResponse, SourceError, TooLarge, Unreachable
from sources.net import Door, Fetched
from sources.net.pausing import asked_for
from sources.reaching import door_config

MOST_BYTES = 1024 * 1024
# What servers say to a format, a temperature or a limit that they do not know.
_NOT_KNOWN = frozenset({400, 422})
_SLOW = frozenset({408, 504})
Found = TypeVar("Found")


def ask(
    question: Question,
    parse: Callable[[Mapping[str, Any]], Found],  # Any: JSON, to be looked at
    *,
    terms: Terms,
    now: datetime,
) -> Found:
    """
    Return what the model answers, taken apart by `parse`.

    An answer that was given before costs nothing. Waits as long as `terms` allow, so
    it is for workers, and outside of transactions. Raises NoAnswer.
    """
    name = memory.name_of(question, terms=terms)
    known = memory.recall(name, now=now)
    if known is not None:
        ledger.count(now=now, remembered=1)
        return parse(object_of(known))  # read well once, so it is again
    plain = ledger.refuse_paused(terms, now=now)
    try:
        reply, found = _tried(question, parse, terms=terms, plain=plain, now=now)
    except _NotKnownThere:
        plain = True
        reply, found = _tried(question, parse, terms=terms, plain=plain, now=now)
    ledger.answered(terms=terms, plain=plain)
    memory.keep(name, reply.content, now=now)
    return found


class _NotKnownThere(Exception):
    """The server does not know something of what it was sent beside the words."""


def _tried(
    question: Question,
    parse: Callable[[Mapping[str, Any]], Found],
    *,
    terms: Terms,
    plain: bool,
    now: datetime,
) -> tuple[Reply, Found]:
    reserved = question.tokens
    ledger.reserve(reserved, terms=terms, now=now)
    sent = body(question, model=terms.model, plain=plain)
    try:
        fetched = _sent(sent, terms=terms)
        if fetched.status in _NOT_KNOWN and not plain:
            ledger.settle(reserved, cost=1, now=now)
            raise _NotKnownThere
        _refuse(fetched, now=now)
        reply = reply_of(fetched.body)
        found = parse(object_of(reply.content))
    except NoAnswer as error:
        ledger.failed(error, reserved=reserved, terms=terms, now=now)
        raise
    ledger.settle(reserved, cost=reply.tokens, now=now)
    return reply, found


def _sent(content: bytes, *, terms: Terms) -> Fetched:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if terms.key:
        headers["Authorization"] = f"Bearer {terms.key}"
    config = replace(
        door_config(),
        max_body_bytes=MOST_BYTES,
        total_seconds=terms.seconds,
        read_seconds=terms.seconds,
    )

    async def post() -> Fetched:
        async with Door(config) as door:
            return await door.post(terms.url, content=content, headers=headers)

    try:
        return asyncio.run(post())
    except SourceError as error:
        raise NoAnswer(_why(error)) from error


def _why(error: SourceError) -> WhyNot:
    if isinstance(error, TooLarge):
        return WhyNot.TOO_LARGE
    if isinstance(error, BadResponse):
        return WhyNot.ASTRAY if error.reason == "redirect" else WhyNot.RUBBISH
    if isinstance(error, Unreachable) and error.reason == "timeout":
        return WhyNot.LATE
    # A closed port or network too: to us it cannot be reached, until that is opened.
    return WhyNot.UNREACHABLE


def _refuse(fetched: Fetched, *, now: datetime) -> None:
    """Raise NoAnswer for an answer that is none by its status."""
    status = fetched.status
    if status == 200:
        return
    pause = asked_for(status, fetched.headers.get("retry-after", ""), now=now)
    if status == 429:
        raise NoAnswer(WhyNot.BUSY, pause=pause)
    if status in _SLOW:
        raise NoAnswer(WhyNot.LATE)
    if status >= 500:
        raise NoAnswer(WhyNot.FAILED, pause=pause)
    raise NoAnswer(WhyNot.REFUSED if status >= 400 else WhyNot.RUBBISH)
