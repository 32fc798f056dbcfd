"""One look at a source: fetch, judge, write down."""

from sources.checking.batch import check, probing
from sources.checking.fetching import Wave, fetch
from sources.checking.reading import read
from sources.checking.rules import Rules, terms
from sources.reaching import door_config

__all__ = [
    "Rules",
    "Wave",
    "check",
    "door_config",
    "fetch",
    "probing",
    "read",
    "terms",
]
