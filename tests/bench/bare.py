"""
The least that could ask for pages: `python -m tests.bench.bare [--asyncio]`.

One aiohttp session with a limit on what is under way, conditional headers, the body read,
nothing else. Reads `[[url, headers], …]` on standard input and prints how many answered
with which status, and the CPU seconds that it took.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections import Counter

import aiohttp
import uvloop

AT_ONCE = 100


async def ask(pages: list[tuple[str, dict[str, str]]]) -> tuple[Counter[str], float]:
    answered: Counter[str] = Counter()
    waiting = iter(pages)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def go_on() -> None:
            for url, headers in waiting:
                async with session.get(url, headers=headers) as answer:
                    await answer.read()
                    answered[str(answer.status)] += 1

        began = _cpu_seconds()
        await asyncio.gather(*(go_on() for _ in range(AT_ONCE)))
        return answered, _cpu_seconds() - began


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    pages = json.load(sys.stdin)
    if "--asyncio" in sys.argv:
        answered, seconds = asyncio.run(ask(pages))
    else:
        answered, seconds = uvloop.run(ask(pages))
    json.dump({"answered": answered, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
