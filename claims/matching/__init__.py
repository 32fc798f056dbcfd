"""Which claims say what a text says, in whatever words."""

from claims.matching.nearest import Match, nearest

__all__ = ["Match", "nearest"]
