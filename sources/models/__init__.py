from sources.models.check import Check
from sources.models.passage import Passage, Sighting
from sources.models.snapshot import Snapshot
from sources.models.source import Source

__all__ = ["Check", "Passage", "Sighting", "Snapshot", "Source"]
