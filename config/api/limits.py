"""
How much one caller may ask of the API in a minute.

Counted in Redis, in one call, for all web processes together; where Redis is away nobody
is counted and everybody is answered.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from claims.models import AccessToken
from sources.wire.store import WireDown, ask

if TYPE_CHECKING:
    import redis
    from django.http import HttpRequest
    from rest_framework.request import Request
    from rest_framework.views import APIView

_PREFIX = "counterclaim:asked:"
_MINUTE = 60  # seconds
_NETWORK_BITS = 64  # of an IPv6 address: one household has as many as it likes


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a caller stands in this minute."""

    limit: int
    asked: int
    reset: int  # seconds until the next minute begins

    @property
    def exceeded(self) -> bool:
        return self.asked > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """What programs are told of it with each answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.asked)),
            "RateLimit-Reset": str(self.reset),
        }


def of_token(digest: str) -> Standing | None:
    """Count a request of a program; None where nothing is counted."""
    return _counted(f"token:{digest[:32]}", settings.API_A_MINUTE)


def of_person(key: int) -> Standing | None:
    """Count a request of somebody in a session."""
    return _counted(f"person:{key}", settings.API_A_MINUTE)


def of_address(request: HttpRequest | Request) -> Standing | None:
    """Count a request of a stranger, by where it comes from."""
    return _counted(f"address:{_address(request)}", settings.API_A_MINUTE_FOR_STRANGERS)


class Limit(BaseThrottle):
    """Refuses with 429 who asks too much, and says how long to wait."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.standing = _standing(request)
        if self.standing is None:
            return True
        # The resource says it with the answer, whatever that is.
        view.headers_of_limit = self.standing.headers  # type: ignore[attr-defined]  # of a Resource
        return not self.standing.exceeded

    def wait(self) -> float | None:
        return self.standing.reset if self.standing else None


def _standing(request: Request) -> Standing | None:
    if isinstance(request.auth, AccessToken):
        return of_token(request.auth.digest)
    if request.user.pk is not None:
        return of_person(request.user.pk)
    return of_address(request)


def _counted(caller: str, limit: int) -> Standing | None:
    if not limit:
        return None
    minute, second = divmod(int(time.time()), _MINUTE)
    key = f"{_PREFIX}{caller}:{minute}"

    def add(store: redis.Redis) -> int:
        line = store.pipeline(transaction=False)
        line.incr(key)
        line.expire(key, 2 * _MINUTE)
        number: int = line.execute()[0]
        return number

    try:
        asked = ask(add)
    except WireDown:
        return None
    return Standing(limit=limit, asked=asked, reset=_MINUTE - second)


def _address(request: HttpRequest | Request) -> str:
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The proxy adds whom it heard; what stands before that anybody can write.
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", said)
        said = forwarded.rpartition(",")[2].strip()
    try:
        address = ip_address(said)
    except ValueError:
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:32]
    if isinstance(address, IPv6Address):
        return f"{int(address) >> (128 - _NETWORK_BITS):x}"
    return str(address)
