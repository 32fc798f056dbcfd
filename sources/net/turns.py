"""
Whose turn it is at a site, and at the machine behind it.

Turns are given out by the generic cell rate algorithm, one at a time: what is kept for
a site is the moment from which the next request may come. It is kept in Redis, by
Redis' own clock, so that any number of processes share it; without Redis each process
goes on with what it remembers itself.

A pause that a site asks for is told there too, for those who wait for their turn in
other processes; whoever comes later reads it in the site's row.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from redis import Redis as Store
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from sources.errors import NotNow
from sources.net.courteous import Stake, Turn
from sources.net.manners import Manners
from sources.saying import gettext_noop as _

logger = logging.getLogger(__name__)

_PREFIX = "counterclaim:turn:"
_SINCE = "counterclaim:turns:since"
_PAUSE = "counterclaim:pause:"
_PAUSE_IS_TOLD = timedelta(minutes=1)  # all that is under way ends in half of it
_AT_ONCE = 200  # wishes in one call; Redis does nothing else meanwhile
_REDIS_SECONDS = 2.0
_ALONE_SECONDS = 5.0  # before a Redis that was lost is asked again
_REMEMBERED = 20_000

# KEYS: since when this Redis remembers, then two for each wish, the site's and the
# machine's. ARGV[1]: JSON, the longest wait and the furthest moment that can be true (a
# clock may have been set back), then seven numbers for each wish. All times are
# microseconds.
#
# Whoever is not remembered may have been asked just before Redis was emptied: until as
# much as their gap has passed since then, they are asked by nobody. A new installation
# has this wait once.
_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local told = cjson.decode(ARGV[1])
local most, furthest = told[1], now + told[2]
local kept, free, changed, turns = redis.call('MGET', unpack(KEYS)), {}, {}, {}
local since = tonumber(kept[1] or nil)
if not since or since > now then
  since = now
  redis.call('SET', KEYS[1], string.format('%.0f', now))
end
for i = 2, #KEYS do
  local from = tonumber(kept[i] or nil)
  free[KEYS[i]] = from and math.min(from, furthest)
end
for wish = 1, (#KEYS - 1) / 2 do
  local a = 3 + (wish - 1) * 7
  local begins = now + told[a]
  for side = 0, 1 do
    local key, b = KEYS[wish * 2 + side], a + 1 + side * 3
    local from = free[key] or since + told[b]
    -- Nobody came after our own last turn, which this one follows.
    if free[key] and from == told[b + 1] then from = told[b + 2] end
    begins = math.max(begins, from)
  end
  if begins - now > most then
    turns[wish] = string.format('%.0f', now - begins)
  else
    for side = 0, 1 do
      local key = KEYS[wish * 2 + side]
      free[key] = math.max(begins + told[a + 1 + side * 3], changed[key] and free[key] or 0)
      changed[key] = true
    end
    turns[wish] = string.format('%.0f', begins)
  end
end
for key in pairs(changed) do
  redis.call('SET', key, string.format('%.0f', free[key]),
    'PX', string.format('%.0f', (free[key] - now) / 1000 + 1000))
end
return string.format('%.0f ', now) .. table.concat(turns, ' ')
"""


@dataclass(slots=True)
class _Wish:
    turn: Turn
    after: Turn | None
    granted: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


def forget_pause(host: str, *, redis_url: str) -> None:
    """
    Let nobody hear of a pause any more that has been ended.

    Without Redis they hear of it for another minute at most.
    """
    try:
        with Store.from_url(
            redis_url,
            socket_timeout=_REDIS_SECONDS,
            socket_connect_timeout=_REDIS_SECONDS,
        ) as store:
            store.delete(_PAUSE + host)
    except (RedisError, OSError) as error:
        logger.warning(
            "a pause is still told: Redis does not answer",
            extra={"error": type(error).__name__},
        )


class Turns:
    """Gives turns out. Belongs to the loop it is first asked in."""

    def __init__(self, manners: Manners) -> None:
        self._url = manners.redis_url
        self._least, self._most_wait = manners.least_gap, manners.most_wait
        self._furthest = manners.most_wait + manners.most_gap
        self._free: dict[str, float] = {}
        self._waiting: list[_Wish] = []
        self._clerk: asyncio.Task[None] | None = None
        self._asked: dict[str, asyncio.Future[datetime | None]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._redis: Redis | None = None
        self._alone_until = 0.0
        self._alone = False

    async def take(
        self,
        host: str,
        *,
        gap: float,
        machine: str,
        machine_gap: float,
        after: Turn | None = None,
    ) -> Turn:
        """
        Reserve the next turn, and return it before it begins.

        Where that would be too long to wait for, nothing is reserved and NotNow is
        raised. A turn `after` another one of the same journey is not kept away by the
        gap that one left, beyond the least: a slow site's redirect would never end.
        """
        stakes = Stake(host, gap), Stake(machine, machine_gap)
        wish = _Wish(Turn(host=host, stakes=stakes), after)
        self._waiting.append(wish)
        if self._clerk is None or self._clerk.done():
            self._clerk = asyncio.create_task(self._serve())
        await wish.granted
        return wish.turn

    def stretch(self, turn: Turn, gap: float) -> None:
        """Keep the next one away from the site of a turn for longer than was said."""
        stake = turn.stakes[0]
        until = turn.begins + gap
        free = self._free.get(stake.key, 0.0)
        if until > free:
            if free == stake.until:
                stake.until = until
            self._free[stake.key] = until

    def tell_pause(self, host: str, *, until: datetime, lasts: timedelta) -> None:
        """Tell the other processes that a site asked to be left alone."""
        task = asyncio.create_task(self._tell(host, until, lasts))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def pause_told(self, host: str) -> datetime | None:
        """Return until when a site wants to be left alone, as any process heard."""
        answer = self._asked.get(host)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._asked[host] = answer
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        return await asyncio.shield(answer)  # others may wait for it too

    async def close(self) -> None:
        """Let Redis go."""
        await asyncio.gather(*self._telling)
        if self._redis is not None:
            await self._redis.aclose()
            self._redis = None

    async def _serve(self) -> None:
        """Ask for all that wait, together, until nobody waits."""
        while self._waiting:
            wishes = [w for w in self._waiting[:_AT_ONCE] if not w.granted.done()]
            del self._waiting[:_AT_ONCE]
            try:
                if not await self._shared(wishes):
                    self._by_ourselves(wishes)
            except BaseException as error:
                for wish in wishes:
                    if not wish.granted.done():
                        wish.granted.set_exception(error)
                raise

    async def _listen(self) -> None:
        """Ask about all sites that are asked about, together, until none is."""
        while self._asked:
            asked, self._asked = self._asked, {}
            try:
                told = await self._pauses(list(asked))
            except BaseException as error:
                for answer in asked.values():
                    answer.set_exception(error)
                raise
            for answer, until in zip(asked.values(), told, strict=True):
                answer.set_result(until)

    async def _pauses(self, hosts: Sequence[str]) -> list[datetime | None]:
        nothing: list[datetime | None] = [None] * len(hosts)
        if time.monotonic() < self._alone_until:
            return nothing
        try:
            told = await self._connection().mget([_PAUSE + host for host in hosts])
        except (RedisError, OSError) as error:
            self._lost(error)
            return nothing
        return [datetime.fromtimestamp(float(t), UTC) if t else None for t in told]

    async def _tell(self, host: str, until: datetime, lasts: timedelta) -> None:
        if time.monotonic() < self._alone_until:
            return
        try:
            await self._connection().set(
                _PAUSE + host, until.timestamp(), px=min(lasts, _PAUSE_IS_TOLD)
            )
        except (RedisError, OSError) as error:
            self._lost(error)

    async def _shared(self, wishes: Sequence[_Wish]) -> bool:
        """Have Redis give the turns out; False where there is no Redis."""
        if not wishes:
            return True
        if time.monotonic() < self._alone_until:
            return False
        keys = [_SINCE]
        keys += [_PREFIX + stake.key for w in wishes for stake in w.turn.stakes]
        told = [_us(self._most_wait), _us(self._furthest)]
        for wish in wishes:
            told += self._told(wish)
        try:
            answer: bytes = await self._script(keys, json.dumps(told))
        except (RedisError, OSError) as error:
            self._lost(error)
            return False
        if self._alone:
            self._alone = False
            logger.info("turns are shared again")
        now, *begins = map(int, answer.split())
        for wish, moment in zip(wishes, begins, strict=True):
            self._grant(wish, now, moment)
        return True

    def _told(self, wish: _Wish) -> list[int]:
        """Put a wish into the script's seven numbers."""
        after = wish.after if wish.after and wish.after.shared_begins else None
        told = [_us(max(0.0, self._soonest(wish) - time.monotonic()))]
        for stake in wish.turn.stakes:
            before = after.stake(stake.key) if after else None
            told.append(_us(stake.gap))
            if after and before:
                told += before.shared_until, after.shared_begins + _us(self._least)
            else:
                told += -1, 0
        return told

    def _grant(self, wish: _Wish, now: int, moment: int) -> None:
        """Hand over what the script said: a moment, or a wait below zero."""
        if moment < 0:
            _refuse(wish, -moment / 1_000_000)
            return
        turn = wish.turn
        turn.shared_begins = moment
        for stake in turn.stakes:
            stake.shared_until = moment + _us(stake.gap)
        self._book(wish, time.monotonic() + (moment - now) / 1_000_000)

    def _by_ourselves(self, wishes: Sequence[_Wish]) -> None:
        for wish in wishes:
            now = time.monotonic()
            begins = max(now, self._soonest(wish))
            if begins - now > self._most_wait:
                _refuse(wish, begins - now)
            else:
                self._book(wish, begins)

    def _soonest(self, wish: _Wish) -> float:
        """Return the first moment that we know of nothing against, by our clock."""
        soonest = 0.0
        for stake in wish.turn.stakes:
            free = self._free.get(stake.key, 0.0)
            before = wish.after.stake(stake.key) if wish.after else None
            if wish.after and before and before.until == free:
                free = wish.after.begins + self._least
            soonest = max(soonest, free)
        return soonest

    def _book(self, wish: _Wish, begins: float) -> None:
        turn = wish.turn
        turn.begins = begins
        site, machine = turn.stakes
        site.until, machine.until = begins + site.gap, begins + machine.gap
        if site.key == machine.key:
            site.until = machine.until = max(site.until, machine.until)
        for stake in turn.stakes:
            self._free[stake.key] = stake.until
        if len(self._free) > _REMEMBERED:
            self._forget()
        if not wish.granted.done():
            wish.granted.set_result(None)

    def _forget(self) -> None:
        """Drop what is over; and, were all of it to come, what was heard first."""
        now = time.monotonic()
        kept = [(key, until) for key, until in self._free.items() if until > now]
        self._free = dict(kept[-_REMEMBERED // 2 :])

    async def _script(self, keys: list[str], told: str) -> bytes:
        give = self._connection().register_script(_SCRIPT)
        answer: bytes = await give(keys=keys, args=[told])
        return answer

    def _connection(self) -> Redis:
        if self._redis is None:
            self._redis = Redis.from_url(
                self._url,
                socket_timeout=_REDIS_SECONDS,
                socket_connect_timeout=_REDIS_SECONDS,
                # Once more, for a connection that broke since it was last used.
                retry=Retry(NoBackoff(), 1),
            )
        return self._redis

    def _lost(self, error: Exception) -> None:
        self._alone_until = time.monotonic() + _ALONE_SECONDS
        if not self._alone:
            self._alone = True
            logger.warning(
                "turns are not shared: Redis does not answer",
                extra={"error": type(error).__name__},
            )


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)


def _refuse(wish: _Wish, wait_seconds: float) -> None:
    if not wish.granted.done():
        wish.granted.set_exception(
            NotNow(
                _("It is not our turn at this site yet."),
                wait_seconds=wait_seconds,
                reason="turn",
            )
        )
