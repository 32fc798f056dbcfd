"""A connection that is kept serves what was asked, whatever comes in between."""

import asyncio
import threading
import time

import pytest

from sources.errors import BadResponse, TooLarge
from sources.net import Door, DoorConfig
from tests.sources.hostile.sites import ARTICLE, CHUNKED, for_ever, head, sized
from tests.sources.press import Press, answer

EVIL = sized(b"<p>Evil words</p>")


def of(press, **limits):
    return DoorConfig(
        user_agent="Counterclaim/0.1 (+https://example.org/contact)",
        allow_networks=("127.0.0.0/8",),
        allow_ports=frozenset({press.port}),
        **{"total_seconds": 5, **limits},
    )


@pytest.mark.parametrize(
    "poison",
    [
        EVIL,
        EVIL * 50,
        EVIL[:30],
        b"\r\n",
        b"noise",
        head(status="103 Early Hints"),
        head(status="304 Not Modified"),
        sized(b"", "Location: http://127.0.0.1:22/", status="302 On"),
    ],
    ids=["answer", "answers", "half an answer", "an empty line", "noise", "1xx", "304", "302"],
)  # fmt: skip
def test_what_came_unasked_answers_nothing(press, poison):
    poisoned = threading.Event()

    def answers_twice(_request, line):
        line.send(sized(ARTICLE))
        line.wait(0.02)  # so that the first answer is taken before the second comes
        line.send(poison)
        poisoned.set()

    press.on("/a", answers_twice)
    press.page("/b", "words")

    async def go():
        async with Door(of(press)) as door:
            first = await door.get(press.url("/a"))
            assert await asyncio.to_thread(poisoned.wait, 5)
            return first, await door.get(press.url("/b"))

    first, second = asyncio.run(go())

    assert (first.body, second.body) == (ARTICLE, b"words")
    assert press.connections == 2


def test_a_flood_between_two_requests_is_not_taken_in(press):
    """Answers that nobody asked for would be kept one and all, until memory ends."""
    sent, told = [], threading.Event()

    def floods(_request, line):
        line.hang_up()
        line.send(sized(ARTICLE))
        line.wait(0.02)
        try:
            while not line.closing.is_set():
                line.send(EVIL * 1_000)
                sent.append(len(EVIL) * 1_000)
        finally:
            told.set()

    press.on("/a", floods)

    async def go():
        async with Door(of(press)) as door:
            await door.get(press.url("/a"))
            return await asyncio.to_thread(told.wait, 5)

    assert asyncio.run(go())
    # As much as the kernel holds for both ends.
    assert sum(sent) < 20 * 1024 * 1024


def test_interim_answers_are_waited_through_but_not_for_ever(press):
    early = head(status="103 Early Hints")
    press.on("/some", lambda _request, line: line.send(early * 10 + sized(ARTICLE)))
    press.on("/many", lambda _request, line: line.send(early * 50 + sized(ARTICLE)))

    async def go():
        async with Door(of(press)) as door:
            some = await door.get(press.url("/some"))
            with pytest.raises(BadResponse) as error:
                await door.get(press.url("/many"))
            return some, error.value.reason, await door.get(press.url("/some"))

    some, reason, after = asyncio.run(go())

    assert some.body == after.body == ARTICLE
    assert reason == "protocol"


@pytest.mark.parametrize("size", [64, 1_000, 65_536])
def test_a_page_in_honest_chunks_is_read_up_to_the_limit(press, size):
    words = b"w" * 1_000_000
    chunks = [words[start : start + size] for start in range(0, len(words), size)]
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    press.on("/a", lambda _request, line: line.send(CHUNKED + body + b"0\r\n\r\n"))

    async def go():
        async with Door(of(press, max_body_bytes=len(words))) as door:
            return await door.get(press.url("/a"))

    assert asyncio.run(go()).body == words


@pytest.mark.parametrize(
    "again",
    [b"1\r\na\r\n" * 2_000, b"\r\n" * 5_000],
    ids=["chunks of one byte", "lines"],
)
def test_framing_that_is_all_burden_ends_early(press, again):
    """The loop is everybody's: one site may not have it busy for half a minute."""
    first = CHUNKED if again.startswith(b"1") else b""
    press.on("/a", for_ever(first, again=again))

    async def go():
        async with Door(of(press, total_seconds=30)) as door:
            worked = time.thread_time()
            with pytest.raises((TooLarge, BadResponse)):
                await door.get(press.url("/a"))
            return time.thread_time() - worked

    assert asyncio.run(go()) < 4


def test_connections_are_kept_by_those_who_behave(press):
    press.page("/a", "words")
    press.on("/b", answer(status=500))

    async def go():
        async with Door(of(press)) as door:
            for path in ("/a", "/b", "/none") * 5:
                await door.get(press.url(path))

    asyncio.run(go())

    assert press.connections == 1


def test_a_large_page_read_slowly_keeps_its_connection():
    """Reading pauses where a page comes quicker than it is taken."""
    with Press() as press:
        press.page("/a", b"w" * 4_000_000)

        async def go():
            async with Door(of(press)) as door:
                return [len((await door.get(press.url("/a"))).body) for _ in range(3)]

        assert asyncio.run(go()) == [4_000_000] * 3
        assert press.connections == 1
