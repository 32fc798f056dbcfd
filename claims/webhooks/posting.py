"""One message on its way: signed, sent through the one door, and what was answered."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from standardwebhooks import Webhook as Signer

from claims.models import Delivery
from sources.errors import SourceError
from sources.net import Door, DoorConfig
from sources.net.pausing import asked_for
from sources.reaching import door_config

TEST_TYPE = "webhook.test"
WITHIN_SECONDS = 15.0
MOST_BYTES = 64 * 1024  # of an answer that is read at all
KEPT_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one try."""

    delivery: Delivery
    at: datetime
    duration_ms: int
    status: int | None = None
    body: str = ""  # cut
    problem: str = ""
    pause: timedelta | None = None  # that was asked for

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410


def message(delivery: Delivery) -> bytes:
    """Return what is sent: the same bytes at every try."""
    event = delivery.event
    body: dict[str, Any]  # Any: JSON
    if event is None:
        body = {
            "type": TEST_TYPE,
            "timestamp": _spelled(delivery.created_at),
            "data": {"webhook": str(delivery.webhook_id)},
        }
    else:
        body = {
            "type": event.type,
            "timestamp": _spelled(event.at),
            "data": event.data,
        }
    return json.dumps(
        body, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def headers(delivery: Delivery, content: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks, signed with each live secret."""
    live = delivery.webhook.live_secrets(at)
    # Whole seconds: what is signed is what is sent.
    at = at.astimezone(UTC).replace(microsecond=0)
    text = content.decode()
    signatures = (Signer(secret).sign(delivery.message_id, at, text) for secret in live)
    return {
        "Content-Type": "application/json",
        "Accept": "*/*",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def config() -> DoorConfig:
    """Return the door as it opens for webhooks: for less, and for a shorter time."""
    return replace(
        door_config(),
        max_body_bytes=MOST_BYTES,
        total_seconds=WITHIN_SECONDS,
        read_seconds=WITHIN_SECONDS,
    )


async def post(delivery: Delivery, *, door: Door, at: datetime) -> Answer:
    """Send a message; whatever comes of it is an answer."""
    content = message(delivery)
    began = time.monotonic()
    try:
        fetched = await door.post(
            delivery.webhook.url,
            content=content,
            headers=headers(delivery, content, at=at),
        )
    except SourceError as error:
        return Answer(
            delivery=delivery,
            at=at,
            duration_ms=_since(began),
            problem=(str(error) or type(error).__name__)[:500],
        )
    retry_after = fetched.headers.get("retry-after", "")
    return Answer(
        delivery=delivery,
        at=at,
        duration_ms=_since(began),
        status=fetched.status,
        body=_readable(fetched.body),
        pause=asked_for(fetched.status, retry_after, now=at),
    )


def _readable(body: bytes) -> str:
    text = body[: 4 * KEPT_CHARACTERS].decode("utf-8", "replace")
    return text.replace("\x00", "\ufffd")[:KEPT_CHARACTERS]


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _spelled(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
