"""How far the door opens, and how much it lets in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorConfig:
    """What an operator may say about the door; the rest is fixed."""

    user_agent: str  # "Counterclaim/0.1 (+https://example.org/contact)"
    allow_networks: tuple[str, ...] = ()  # "127.0.0.0/8": opened though forbidden
    allow_ports: frozenset[int] = frozenset()  # opened beside the usual four
    max_body_bytes: int = 5 * 1024 * 1024  # decoded; and as many on the wire
    max_header_bytes: int = 32 * 1024
    max_hops: int = 10
    total_seconds: float = 30.0  # from the first look-up to the last byte
    connect_seconds: float = 10.0
    read_seconds: float = 20.0  # between two reads
