"""A door kept open in a thread of its own, for work that does not speak asyncio."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from sources.net.answers import Fetched
from sources.net.baskets import Answer, Ask, Basket
from sources.net.courtesy import Courtesy
from sources.net.door import Door
from sources.net.limits import DoorConfig

_CLOSING_SECONDS = 10


class Doorkeeper:
    """
    Fetches for a process: one loop, one session, many fetches under way.

    Start it after a fork, never before: a loop does not survive one. How much is
    under way at a time is for those to decide who ask.
    """

    def __init__(self, config: DoorConfig, *, courtesy: Courtesy | None = None) -> None:
        self.courtesy = courtesy
        self._loop = _new_loop()
        self._door = Door(config, courtesy=courtesy)
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="door", daemon=True
        )
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._door.__aenter__(), self._loop).result()
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
        """Fetch as `Door.get` does, in the background."""
        return asyncio.run_coroutine_threadsafe(
            self._door.get(
                url,
                etag=etag,
                last_modified=last_modified,
                accept_datetime=accept_datetime,
            ),
            self._loop,
        )

    def send(self, asks: Iterable[Ask], *, basket: Basket) -> None:
        """Fetch many pages as `Door.get` does; each answer comes into the basket."""
        waiting = tuple(asks)
        basket.expect(len(waiting))
        self._loop.call_soon_threadsafe(self._begin, waiting, basket)

    def _begin(self, asks: tuple[Ask, ...], basket: Basket) -> None:
        for ask in asks:
            task = self._loop.create_task(self._answer(ask, basket))
            # The loop itself holds its tasks by a thread only.
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, ask: Ask, basket: Basket) -> None:
        told: Fetched | Exception
        try:
            told = await self._door.get(
                ask.url, etag=ask.etag, last_modified=ask.last_modified
            )
        except Exception as error:
            told = error
        basket.put(Answer(key=ask.key, told=told), loop=self._loop)

    async def _close(self) -> None:
        this = asyncio.current_task()
        under_way = [task for task in asyncio.all_tasks() if task is not this]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._door.__aexit__(None, None, None)


def _new_loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - not there on Windows

    return uvloop.new_event_loop()
