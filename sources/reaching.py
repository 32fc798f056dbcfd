"""How far the door to the network opens here, and how we behave beyond it."""

from __future__ import annotations

from django.conf import settings

from sources.canonical import parse
from sources.errors import AddressRefused, Refused
from sources.net import DoorConfig, Guard
from sources.net.manners import Manners


def door_config() -> DoorConfig:
    """Return what the settings say about the door."""
    return DoorConfig(
        user_agent=f"Counterclaim/0.1 (+{settings.SOURCES_CONTACT_URL})",
        allow_networks=tuple(map(str, settings.SOURCES_ALLOW_NETWORKS)),
        allow_ports=frozenset(settings.SOURCES_ALLOW_PORTS),
        max_body_bytes=settings.SOURCES_MAX_BODY_BYTES,
        total_seconds=settings.SOURCES_FETCH_TIMEOUT.total_seconds(),
    )


def manners() -> Manners:
    """Return what the settings say about our manners."""
    return Manners(
        user_agent=door_config().user_agent,
        redis_url=settings.REDIS_URL,
        least_gap=settings.SOURCES_LEAST_GAP.total_seconds(),
        most_gap=settings.SOURCES_MOST_GAP.total_seconds(),
    )


def refuse_closed(url: str) -> None:
    """
    Raise AddressRefused for a port, or a number, that the door does not lead to.

    A name is decided about when it is fetched, for it can change its mind.
    """
    address = parse(url)
    try:
        Guard(door_config()).check(address.host, port=address.port)
    except Refused as refusal:
        raise AddressRefused(
            refusal.sentence.text,
            code=f"address_{refusal.reason}",
            facts=refusal.sentence.facts,
        ) from None
