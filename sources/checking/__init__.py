"""One look at a source: fetch, judge, write down."""

from sources.checking.batch import check
from sources.checking.rules import Rules, door_config, terms

__all__ = ["Rules", "check", "door_config", "terms"]
