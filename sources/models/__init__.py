from sources.models.capture import Capture
from sources.models.check import Check
from sources.models.host import Host, LostPage, Robots
from sources.models.passage import Passage, Sighting
from sources.models.snapshot import Snapshot
from sources.models.source import Source
from sources.models.title import Title

__all__ = [
    "Capture",
    "Check",
    "Host",
    "LostPage",
    "Passage",
    "Robots",
    "Sighting",
    "Snapshot",
    "Source",
    "Title",
]
