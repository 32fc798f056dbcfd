"""
How often the archive is asked, and when it is left alone.

One limit for all workers together, by Redis' own clock: turns are given out one after
the other (GCRA). After some failures in a row nobody asks for a while (a circuit
breaker), then one may try, and only an answer lets the others follow. It all lives in
Redis, so that it outlasts the workers; without it nobody asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from redis import Redis
from redis.exceptions import RedisError

from sources.errors import NotNow

_KEY = "counterclaim:archive"
_KEPT_SECONDS = 7 * 24 * 3600
_FAILURES = 5  # in a row, before it is left alone
_TRIAL_SECONDS = 60  # that one who tries again has for it
_LEFT_ALONE_SECONDS = 10 * 60  # doubled with each failed trial
_LONGEST_SECONDS = 6 * 3600
_LONGEST_WISH_SECONDS = 24 * 3600  # of the archive's own, in Retry-After

# Milliseconds throughout. What is returned: {1, wait} a turn that begins then,
# {0, wait} too long a wait, {-1, wait} left alone for so long.
_ADMIT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local gap, most, failures, trial = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('HMGET', KEYS[1], 'free', 'failed', 'alone_until')
local alone = tonumber(kept[3] or '0') - now
if alone > 0 then return {-1, alone} end
-- A clock that was set back must not keep everybody waiting.
local begins = math.max(now, math.min(tonumber(kept[1] or '0'), now + most + gap))
if begins - now > most then return {0, begins - now} end
redis.call('HSET', KEYS[1], 'free', string.format('%.0f', begins + gap))
if tonumber(kept[2] or '0') >= failures then
  redis.call('HSET', KEYS[1], 'alone_until', string.format('%.0f', begins + trial))
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
return {1, begins - now}
"""
_FAILED = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local failed = redis.call('HINCRBY', KEYS[1], 'failed', 1)
local wait = tonumber(ARGV[1])
local past = failed - tonumber(ARGV[2])
if past >= 0 then
  wait = math.max(wait, math.min(tonumber(ARGV[3]) * 2 ^ math.min(past, 20), tonumber(ARGV[4])))
end
if wait > 0 then
  local alone = tonumber(redis.call('HGET', KEYS[1], 'alone_until') or '0')
  -- The minute that a trial has is over with its failure.
  if past >= 0 then alone = 0 end
  redis.call('HSET', KEYS[1], 'alone_until', string.format('%.0f', math.max(alone, now + wait)))
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
return failed
"""


@dataclass(frozen=True, slots=True)
class Restraint:
    """The turns at an archive, shared by everybody who uses this Redis."""

    redis: Redis
    gap: timedelta  # between two requests, of all workers together
    most_wait: timedelta = timedelta(seconds=30)  # for a turn; longer is not our turn
    key: str = field(default=_KEY)

    def admit(self) -> float:
        """
        Take the next turn, and return the seconds until it begins.

        Raises NotNow where that is too long, or the archive is left alone; nothing
        is taken then.
        """
        try:
            verdict, wait = self.redis.eval(
                _ADMIT,
                1,
                self.key,
                _ms(self.gap.total_seconds()),
                _ms(self.most_wait.total_seconds()),
                _FAILURES,
                _ms(_TRIAL_SECONDS),
                _KEPT_SECONDS,
            )
        except RedisError as error:
            raise NotNow(
                "Nobody knows whose turn it is: Redis does not answer.",
                wait_seconds=_TRIAL_SECONDS,
                reason="turn",
            ) from error
        seconds = float(wait) / 1_000
        if verdict == 1:
            return seconds
        raise NotNow(
            "The archive is left alone for a while."
            if verdict < 0
            else "It is not our turn at the archive yet.",
            wait_seconds=seconds,
            reason="paused" if verdict < 0 else "turn",
        )

    def went_well(self) -> None:
        """Forget the failures: the archive answers."""
        self.redis.hdel(self.key, "failed", "alone_until")

    def went_wrong(self, *, retry_after_seconds: float = 0) -> None:
        """Count a failure, and leave the archive alone where that is called for."""
        self.redis.eval(
            _FAILED,
            1,
            self.key,
            _ms(min(retry_after_seconds, _LONGEST_WISH_SECONDS)),
            _FAILURES,
            _ms(_LEFT_ALONE_SECONDS),
            _ms(_LONGEST_SECONDS),
            _KEPT_SECONDS,
        )


def _ms(seconds: float) -> int:
    return round(max(seconds, 0) * 1_000)
