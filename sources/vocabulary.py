"""The words with a fixed meaning for pages. Stored values are public."""

from __future__ import annotations

from django.db import models


class SourceState(models.TextChoices):
    """Where a page stands."""

    PENDING = "pending", "Pending"
    LIVE = "live", "Live"
    MOVED = "moved", "Moved"
    BLOCKED = "blocked", "Blocked"
    FAILING = "failing", "Failing"
    GONE = "gone", "Gone"


class Outcome(models.TextChoices):
    """What one look at a page found."""

    UNCHANGED = "unchanged", "Unchanged"
    CHANGED = "changed", "Changed"
    MOVED = "moved", "Moved"
    BLOCKED = "blocked", "Blocked"
    ROBOTS = "robots", "Kept out by robots.txt"
    FAILING = "failing", "Failing"
    GONE = "gone", "Gone"
    SOFT_GONE = "soft_gone", "Not there, though it answers"
    UNSUPPORTED = "unsupported", "Cannot be read here"
    REFUSED = "refused", "Refused"


class PassageState(models.TextChoices):
    """Where watched words stand now."""

    UNVERIFIABLE = "unverifiable", "Unverifiable"
    INTACT = "intact", "Intact"
    ALTERED = "altered", "Altered"
    MISSING = "missing", "Missing"


class RobotsStanding(models.TextChoices):
    """What a site says to automatic visitors (RFC 9309, section 2.3.1)."""

    RULES = "rules", "Has rules"
    NONE = "none", "Has none"
    UNREACHABLE = "unreachable", "Cannot be read"
