"""How much each measure works on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Small enough for `make bench` to end in a few minutes, unless told otherwise."""

    claims: int = 10_000  # published ones, for programs to list
    links: int = 4_000  # answered with 304; the dearer answers get a part of it
    sources: int = 1_000_000  # due at one time, to lease from
    newsroom: int = 100_000  # claims in each state, for people to open pages of
    documents: int = 200_000  # stored ones, to page down in
