"""One look at a source: fetch, judge, write down."""

from sources.checking.batch import check
from sources.checking.rules import Rules, terms
from sources.reaching import door_config

__all__ = ["Rules", "check", "door_config", "terms"]
