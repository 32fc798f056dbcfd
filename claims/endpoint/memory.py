"""What was answered before, under a hash of all that was asked."""

from __future__ import annotations

import hashlib
from datetime import datetime

from claims.endpoint.chat import Question, body
from claims.endpoint.terms import Terms
from claims.models import EndpointAnswer

MOST_ANSWERS = 5_000


def name_of(question: Question, *, terms: Terms) -> str:
    """Return the name under which the answer is kept: this model, these words."""
    asked = body(question, model=terms.model, plain=False)
    return hashlib.sha256(terms.name.encode() + asked).hexdigest()


def recall(name: str, *, now: datetime) -> str | None:
    """Return what was answered before, if that is still known."""
    kept = EndpointAnswer.objects.filter(pk=name)
    content = kept.values_list("content", flat=True).first()
    if content is not None:
        kept.update(used_at=now)
    return content


def keep(name: str, content: str, *, now: datetime) -> None:
    """Keep an answer; those that were not used for longest give way to it."""
    EndpointAnswer.objects.update_or_create(
        name=name, defaults={"content": content, "used_at": now}
    )
    old = EndpointAnswer.objects.order_by("-used_at", "pk").values("pk")
    EndpointAnswer.objects.filter(pk__in=old[MOST_ANSWERS:]).delete()
