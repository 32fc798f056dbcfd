"""What a robots.txt allows us, in any spelling, and however hostile it is (RFC 9309)."""

import time

import pytest

from sources.net.courteous import ROBOTS_BYTES
from sources.net.robots import Rules, decoded, lines_about, token_of

SITE = "https://paper.example"
MOST_CPU_SECONDS = 3.0  # measured: at most 0.4, on a machine that does nothing else


def rules(text: str) -> Rules:
    return Rules.read(text, token="counterclaim")


def allowed(text: str, path: str) -> bool:
    return rules(text).allow(SITE + path)


def test_we_go_by_the_name_that_our_user_agent_begins_with():
    assert token_of("Counterclaim/0.1 (+https://example.org/contact)") == "counterclaim"
    with pytest.raises(ValueError, match="begins with no name"):
        token_of("0.1 Counterclaim")


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow: /a", "/abc?d=e", False),
        # The longest rule counts, and of two as long the one that allows.
        ("User-agent: *\nDisallow: /\nAllow: /a/", "/a/b", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # Patterns.
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: *?print", "/a?print=1", False),
        ("User-agent: *\nDisallow: /a%3cd.html", "/a%3Cd.html", False),
        ("User-agent: *\nDisallow: /тема", "/%D1%82%D0%B5%D0%BC%D0%B0/1", False),
        ("User-agent: *\nDisallow: /%74ema", "/tema", False),
        # Who is meant.
        ("User-agent: Counterclaim\nDisallow: /", "/a", False),
        ("USER-AGENT: COUNTERCLAIM/2.0 beta\nDISALLOW: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: Counter\nDisallow: /", "/a", True),
        ("User-agent: c\nDisallow: /", "/a", True),
        ("User-agent: Counterclaimer\nDisallow: /", "/a", True),
        (
            "User-agent: *\nDisallow: /\n\nUser-agent: counterclaim\nDisallow:",
            "/",
            True,
        ),
        ("User-agent: counterclaim\nAllow: /\nUser-agent: *\nDisallow: /", "/", True),
        # Groups of several names, and several groups of one name.
        ("User-agent: a\nUser-agent: counterclaim\nDisallow: /a", "/a", False),
        ("User-agent: counterclaim\nUser-agent: b\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", False),
        ("User-agent: *\nDisallow: /a\nUser-agent: b\nDisallow: /c", "/c", True),
        ("User-agent: *\n\nDisallow: /a", "/a", False),
        # What is no rule does not come between.
        ("User-agent: *\nSitemap: /s.xml\nX: y\nDisallow: /a", "/a", False),
        ("User-agent: *\nX: y\nUser-agent: b\nDisallow: /a", "/a", False),
        ("Disallow: /a\nUser-agent: *", "/a", True),
        ("User-agent: * # all\nDisallow: /a # not this", "/a", False),
        # Ends of lines, space, and forgotten colons.
        ("User-agent: *\rDisallow: /a\r\nAllow: /b", "/a", False),
        ("  User-agent :  *  \n\t Disallow  :  /a ", "/a", False),
        ("User agent *\nDisallow /a", "/a", False),
        ("User-agent: *\nDissallow: /a", "/a", False),
        ("<html><p>User-agent: *</p><p>Disallow: /</p></html>", "/a", True),
    ],
)
def test_rules_mean_what_the_standard_says(text, path, expected):
    assert allowed(text, path) is expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("User-agent: b\nDisallow: /b", []),
        ("User-agent: *\nDisallow: /a # old\nX: y", ["Disallow: /a"]),
        (
            "User-agent: *\nDisallow: /a\nUser-agent: Counterclaim\nAllow: /",
            ["Allow: /"],
        ),
        ("User-agent: *\nDisallow: /a\nUser-agent: Counterclaim", []),
    ],
)
def test_people_are_shown_the_rules_that_are_about_us(text, lines):
    assert lines_about(text, token="counterclaim") == lines


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 10\nUser-agent: counterclaim\nAllow: /", 0),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: other\nCrawl-delay: 10", 0),
    ],
)
def test_a_site_may_ask_for_time_between_two_requests(text, seconds):
    assert rules(text).delay == seconds


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /a",
        "\ufeffUser-agent: *\nDisallow: /a".encode("utf-16-le"),
        "\ufeffUser-agent: *\nDisallow: /a".encode("utf-16-be"),
        b"User-agent: *\nDisallow: /\xe9\nDisallow: /a",  # Latin-1
        b"\0User-agent: *\0\nDis\0allow: /a\0",
        b"\xff\xff\xff\nUser-agent: *\nDisallow: /a",
    ],
)
def test_rules_survive_what_a_site_says_of_its_charset(body):
    text = decoded(body)

    assert not allowed(text, "/a")
    assert "\0" not in text


def test_half_a_rule_at_the_end_of_what_is_read_is_none():
    head = b"User-agent: *\nDisallow: /a\n"
    tail = b"Disallow: /private\n"
    filling = b"#" * (ROBOTS_BYTES - len(head) - len(b"\nDisallow: /"))
    text = decoded(head + filling + b"\n" + tail)

    assert not allowed(text, "/a")
    assert allowed(text, "/b")


HOSTILE = {
    "wildcards": b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*b\n" * 25_000,
    "long wildcards": b"User-agent: *\n" + b"Disallow: /%b*c\n" % (b"*a" * 1_900) * 130,
    "agents": b"".join(b"User-agent: a%d\n" % n for n in range(20_000))
    + b"Disallow: /x\n" * 20_000,
    "agents over and over": (
        b"".join(b"User-agent: a%d\n" % n for n in range(15_000)) * 2
    ),
    "our name over and over": b"User-agent: counterclaim\n" * 20_000,
    "groups": b"User-agent: *\nDisallow: /a\n" * 18_000,
    "different rules": b"User-agent: *\n"
    + b"".join(b"Disallow: /%d$\n" % n for n in range(30_000)),
    "one line": b"User-agent: *" * 40_000,
    "spaces": b"User-agent" + b" " * 499_000 + b":",
    "spaces in lines": (b"user" + b" " * 3_000 + b"x\n") * 160,
    "dollars": b"User-agent: *\n" + b"Disallow: /a%b\n" % (b"$" * 3_000) * 160,
    "escapes": b"User-agent: *\n" + b"Disallow: /%41%zz%e4%C3%00\n" * 20_000,
    "nothing": b"\0" * ROBOTS_BYTES,
    "no lines": b"\n" * ROBOTS_BYTES,
    "brackets": b"User-agent: *\n" + b"Disallow: /" + b"(" * 4_000 + b"\n",
    "ten times as much": b"User-agent: *\nDisallow: /b\n" * 200_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_robots_txt_takes_long_to_read_or_to_ask(body):
    address = SITE + "/" + "a" * 2_000
    began = time.process_time()

    read = Rules.read(decoded(body), token="counterclaim")
    for _ in range(3):
        read.allow(address)

    assert time.process_time() - began < MOST_CPU_SECONDS
