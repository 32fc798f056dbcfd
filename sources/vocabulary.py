"""The words with a fixed meaning for pages. Stored values are public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceState(models.TextChoices):
    """Where a page stands."""

    PENDING = "pending", _("Pending")
    LIVE = "live", _("Live")
    MOVED = "moved", _("Moved")
    BLOCKED = "blocked", _("Blocked")
    FAILING = "failing", _("Failing")
    GONE = "gone", _("Gone")


class Outcome(models.TextChoices):
    """What one look at a page found."""

    UNCHANGED = "unchanged", _("Unchanged")
    CHANGED = "changed", _("Changed")
    MOVED = "moved", _("Moved")
    BLOCKED = "blocked", _("Blocked")
    ROBOTS = "robots", _("Kept out by robots.txt")
    FAILING = "failing", _("Failing")
    GONE = "gone", _("Gone")
    SOFT_GONE = "soft_gone", _("Not there, though it answers")
    UNSUPPORTED = "unsupported", _("Cannot be read here")
    REFUSED = "refused", _("Refused")


class PassageState(models.TextChoices):
    """Where watched words stand now."""

    UNVERIFIABLE = "unverifiable", _("Unverifiable")
    INTACT = "intact", _("Intact")
    ALTERED = "altered", _("Altered")
    MISSING = "missing", _("Missing")


class RobotsStanding(models.TextChoices):
    """What a site says to automatic visitors (RFC 9309, section 2.3.1)."""

    RULES = "rules", _("Has rules")
    NONE = "none", _("Has none")
    UNREACHABLE = "unreachable", _("Cannot be read")
