"""A door kept open in a thread of its own, for work that does not speak asyncio."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from sources.net.answers import Fetched
from sources.net.door import Door
from sources.net.limits import DoorConfig

_CLOSING_SECONDS = 10


class Doorkeeper:
    """
    Fetches for a process: one loop, one session, many fetches under way.

    Start it after a fork, never before: a loop does not survive one.
    """

    def __init__(self, config: DoorConfig, *, at_once: int = 50) -> None:
        self._config = config
        self._at_once = at_once
        self._loop = asyncio.new_event_loop()
        self._door: Door | None = None
        self._places: asyncio.Semaphore | None = None
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="door", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        closing = asyncio.run_coroutine_threadsafe(self._close(), self._loop)
        closing.result(_CLOSING_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSING_SECONDS)
        self._loop.close()

    def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept_datetime: str = "",
    ) -> Future[Fetched]:
        """
        Fetch as `Door.get` does, in the background.

        The time that counts begins when there is a place for it.
        """
        return asyncio.run_coroutine_threadsafe(
            self._get(
                url,
                etag=etag,
                last_modified=last_modified,
                accept_datetime=accept_datetime,
            ),
            self._loop,
        )

    async def _open(self) -> None:
        self._places = asyncio.Semaphore(self._at_once)
        self._door = await Door(self._config).__aenter__()

    async def _close(self) -> None:
        this = asyncio.current_task()
        under_way = [task for task in asyncio.all_tasks() if task is not this]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if self._door is not None:
            await self._door.__aexit__(None, None, None)

    async def _get(self, url: str, **wanted: str) -> Fetched:
        if self._door is None or self._places is None:
            raise RuntimeError("nobody is at the door: use it as a context manager")
        async with self._places:
            return await self._door.get(url, **wanted)
