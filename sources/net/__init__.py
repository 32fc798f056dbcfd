"""The one door to the network: whatever leaves this house leaves through here."""

from sources.net.answers import Fetched
from sources.net.baskets import Answer, Ask, Basket
from sources.net.door import Door
from sources.net.guard import Guard
from sources.net.keeping import Doorkeeper
from sources.net.limits import DoorConfig

__all__ = [
    "Answer",
    "Ask",
    "Basket",
    "Door",
    "DoorConfig",
    "Doorkeeper",
    "Fetched",
    "Guard",
]
