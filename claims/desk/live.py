"""
What the pages of the desk are told while they are open.

A page follows by name what it shows. It is told the names of what has changed, never
what became of it, and fetches that from where it always does: what somebody may not
see, they are not told of, and would not be shown.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from hashlib import blake2s
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from claims.access import may_edit
from claims.desk.doors import DeskRequest, at_desk
from claims.models import Article, Claim, Import
from sources.discretion import sources_open_to
from sources.wire.listening import NoRoom, Stream, events, switchboard
from sources.wire.store import WireDown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

BEAT_SECONDS = 15  # then it is seen whether somebody still reads
LASTS_SECONDS = 5 * 60  # then it is looked again at who asks, and for what
AGAIN_SECONDS = 30
FOLLOWED = 120  # names at most; what is more, the page looks after by itself
UNAVAILABLE = 503

# Another one in each answer, and each is as good.
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')

# What is no row: for whoever may see the desk.
_COMMON = frozenset({"queue", "inbox"})


@require_GET
@at_desk
def live(request: DeskRequest) -> HttpResponseBase:
    """Say what changes among the things that a browser follows, as it happens."""
    asked = request.GET.get("follow", "").split()[:FOLLOWED]
    try:
        stream = switchboard().open(
            open_to(request.user, asked), owner=request.session.session_key or ""
        )
    except (NoRoom, WireDown):
        # Not worth a line in the log each time: the page looks by itself.
        refused = HttpResponse(status=UNAVAILABLE)
        refused["Retry-After"] = str(AGAIN_SECONDS)
        return refused
    answer = StreamingHttpResponse(_told(stream), content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    return answer


def _told(stream: Stream) -> Iterator[bytes]:
    # Whatever comes between the view and the server may have asked the database; from
    # here on nobody does, and others need the connection.
    close_old_connections()
    try:
        yield from events(
            stream, lasts=LASTS_SECONDS, beat=BEAT_SECONDS, clock=time.monotonic
        )
    finally:
        switchboard().leave(stream)


def open_to(user: User, names: Collection[str]) -> frozenset[str]:
    """Return those of the names that this person may know of."""
    wanted: dict[str, dict[UUID, str]] = defaultdict(dict)
    for name in names:
        kind, _, key = name.partition(":")
        if kind in _ROWS and (pk := _key(key)):
            wanted[kind][pk] = f"{kind}:{pk}"
    known = {
        wanted[kind][pk] for kind in wanted for pk in _ROWS[kind](user, wanted[kind])
    }
    return frozenset(known) | _COMMON.intersection(names)


def _claims(_: User, keys: Collection[UUID]) -> set[UUID]:
    return set(Claim.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _articles(_: User, keys: Collection[UUID]) -> set[UUID]:
    return set(Article.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _imports(user: User, keys: Collection[UUID]) -> set[UUID]:
    known = (
        Import.objects.filter(pk__in=keys) if may_edit(user) else Import.objects.none()
    )
    return set(known.values_list("pk", flat=True))


def _sources(user: User, keys: Collection[UUID]) -> set[UUID]:
    known = sources_open_to(user).filter(pk__in=keys)
    return set(known.values_list("pk", flat=True))


_ROWS: dict[str, Callable[[User, Collection[UUID]], set[UUID]]] = {
    "claim": _claims,
    "article": _articles,
    "source": _sources,
    "import": _imports,
}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def if_changed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """
    Return a part of a page that is looked at again and again; 304 while it is the same.

    The browser sends the tag by itself, and shows what it has.
    """
    digest = blake2s(_TOKEN.sub(b"", answer.content), digest_size=12).hexdigest()
    answer["ETag"] = f'"{digest}"'
    if answer.status_code != 200:
        return answer
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return cast("HttpResponse", found)
