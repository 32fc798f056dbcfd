"""No spelling of a forbidden address, on any road, leads to a connection."""

import asyncio
import contextlib
import socket
from ipaddress import ip_address

import pytest

from sources.canonical import canonical, parse
from sources.errors import AddressRefused, FetchError, Refused
from sources.net import Door, DoorConfig, Guard
from tests.sources.hostile.addresses import HOSTS, URLS, everything
from tests.sources.hostile.watching import Ears, Gullible, connections
from tests.sources.press import Press

AGENT = "Counterclaim/0.1 (+https://example.org/contact)"
OPEN = "127.8.0.1"  # opened by name, as an operator may; nothing beside it is


@pytest.fixture(scope="module")
def ears():
    ears = Ears()
    yield ears
    ears.close()


@pytest.fixture(scope="module")
def site():
    with Press(host=OPEN) as press:
        yield press


@pytest.fixture(scope="module")
def names():
    return Gullible({"site.example": [[OPEN]]})


@pytest.fixture(scope="module")
def fetch(ears, site, names):
    """Fetch through one door, which all of these tests go to."""
    config = DoorConfig(
        user_agent=AGENT,
        allow_networks=(f"{OPEN}/32",),
        allow_ports=frozenset({ears.port, site.port}),
        total_seconds=3,
    )
    with asyncio.Runner() as runner:
        door = runner.run(Door(config, resolver=names).__aenter__())
        yield lambda url: runner.run(door.get(url))
        runner.run(door.__aexit__(None, None, None))


def cases():
    """Return each form with a port in place of PORT, and a name for its test."""
    return [
        pytest.param(number, id=f"{number}-{name}".encode("ascii", "replace").decode())
        for number, (name, _) in enumerate(HOSTS + URLS)
    ]


def test_the_list_is_long_and_nothing_is_in_it_twice():
    forms = [form for _, form in everything(port=1)]

    assert len(set(forms)) > 390


@pytest.mark.parametrize("number", cases())
def test_nobody_is_connected_to_by_a_forbidden_address(fetch, ears, number):
    name, url = everything(port=ears.port)[number]

    with connections() as tried, pytest.raises((AddressRefused, FetchError)) as error:
        fetch(url)

    assert (tried, ears.knocks()) == ([], 0), name
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("number", cases())
def test_nobody_is_connected_to_by_a_redirect(fetch, ears, site, number):
    name, url = everything(port=ears.port)[number]
    location = url.encode("utf-8", "surrogatepass")
    site.on("/away", lambda _request, line: line.send(sends_on(location)))

    with connections() as tried:
        try:
            landed = fetch(site.url("/away")).final_url
        except FetchError:
            landed = site.url()
    # Read as a path, as browsers do, it stayed where it was.
    assert parse(landed).host == OPEN, name

    assert set(tried) <= {(OPEN, site.port)}, name
    assert ears.knocks() == 0


def sends_on(location):
    return (
        b"HTTP/1.1 302 Found\r\nLocation: "
        + location
        + b"\r\nContent-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.0.2", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "168.63.129.16", "255.255.255.255", "224.0.0.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1",
        "fd00:ec2::254", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::1",
        "2001:0:7f00:1::1", "2606:4700::5efe:7f00:1", "ff02::1", "fec0::1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [None, "before", "after"])
def test_a_name_may_say_what_it_likes(ears, site, address, beside):
    """A public address that does not answer stands beside the forbidden one."""
    dead = "127.8.0.9"
    answer = {None: [address], "before": [dead, address], "after": [address, dead]}
    names = Gullible({"evil.example": [answer[beside]]})
    config = DoorConfig(
        user_agent=AGENT,
        allow_networks=(f"{OPEN}/32", f"{dead}/32"),
        allow_ports=frozenset({ears.port, site.port}),
    )
    # Nothing listens at the site's port of the dead address.
    url = f"http://evil.example:{site.port}/"

    with connections() as tried, pytest.raises(Refused) as error:
        once(config, names, url)

    assert error.value.reason == "network"
    assert {host for host, _ in tried} <= {dead}
    assert ears.knocks() == 0


def once(config, names, url):
    async def go():
        async with Door(config, resolver=names) as door:
            return await door.get(url)

    return asyncio.run(go())


def test_a_name_that_changes_its_mind_is_refused_when_it_does(ears):
    with Press(host=OPEN) as site:
        site.page("/", "words", headers=[("Connection", "close")])
        site.redirect("/again", f"http://evil.example:{site.port}/")
        names = Gullible({"evil.example": [[OPEN], ["127.0.0.1"], [OPEN], ["::1"]]})
        config = DoorConfig(
            user_agent=AGENT,
            allow_networks=(f"{OPEN}/32",),
            allow_ports=frozenset({site.port}),
        )

        async def go():
            told = []
            for _ in range(4):
                async with Door(config, resolver=names) as door:
                    try:
                        told.append(
                            (await door.get(site.url(host="evil.example"))).status
                        )
                    except Refused as refusal:
                        told.append(refusal.reason)
            return told

        with connections() as tried:
            told = asyncio.run(go())

    assert told == [200, "network", 200, "network"]
    assert set(tried) == {(OPEN, site.port)}


def test_a_kept_connection_is_not_taken_for_another_name(site, fetch):
    """Connections are kept by name: one name's cannot serve what another asked for."""
    site.page("/", "words")

    assert fetch(site.url(host="site.example")).status == 200
    with connections() as tried, pytest.raises(Refused):
        fetch(site.url(host="other.example"))
    assert tried == []


def test_what_is_read_as_an_address_at_all_is_read_the_same_twice():
    for _, url in everything(port=8080):
        with contextlib.suppress(AddressRefused):
            spelled_once = canonical(url)
            assert canonical(spelled_once) == spelled_once


def test_the_addresses_of_this_machine_itself_are_closed(fetch, ears):
    """Whatever its network gave it, behind a router as most are."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine has no network")
        own = probe.getsockname()[0]

    if Guard(DoorConfig(user_agent=AGENT)).leads_to(ip_address(own)):
        pytest.skip("this machine has a public address")
    with connections() as tried, pytest.raises(Refused):
        fetch(f"http://{own}:{ears.port}/")
    assert tried == []


def test_a_connection_would_be_seen(site, fetch):
    site.page("/seen", "words")

    with connections() as tried, Press() as other:
        fetch(site.url("/seen"))
        socket.create_connection((other.host, other.port)).close()

    assert (other.host, other.port) in tried
