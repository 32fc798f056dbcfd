"""The worst of many, without keeping the others."""

from __future__ import annotations

import heapq
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Worst(Generic[Item]):
    """Keeps the items with the greatest loss; of equals, those that came first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[float, int, Item]] = []
        self._came = 0

    def add(self, item: Item, *, by: float) -> None:
        """Take an item in, with its loss."""
        self._came += 1
        heapq.heappush(self._kept, (by, -self._came, item))
        if len(self._kept) > self._most:
            heapq.heappop(self._kept)

    def first(self) -> tuple[Item, ...]:
        """Return what was kept, the worst first."""
        return tuple(item for _, _, item in sorted(self._kept, reverse=True))
