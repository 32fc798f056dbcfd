"""The spelling under which two addresses count as one source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.canonical import MAX_LENGTH, canonical, parse
from sources.errors import AddressRefused, SourceError


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("  https://example.org/a \n", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a#:~:text=minimal%20damage", "https://example.org/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a/%2e%2E/c/..", "https://example.org/"),
        ("https://example.org/%7euser/%c3%bc", "https://example.org/~user/%C3%BC"),
        ("https://example.org/ü", "https://example.org/%C3%BC"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/A", "https://example.org/A"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://XN--BCHER-KVA.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://an_old.r3---name.example/", "https://an_old.r3---name.example/"),
        ("https://[2001:DB8::0:1]:443/", "https://[2001:db8::1]/"),
    ],
)
def test_spellings_of_one_address_become_one(given_, expected):
    assert canonical(given_) == expected


@pytest.mark.parametrize(
    "form",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0X7F.0.0.1",
        "017700000001",
        "0177.0.0.01",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "１２７.０.０.１",
        "127。0。0。1",
        "127%2E0%2e0.1",
        "%31%32%37.0.0.1",
    ],
)
def test_a_number_is_seen_as_the_address_it_stands_for(form):
    assert parse(f"http://{form}/").host == "127.0.0.1"


def test_tracking_is_dropped_and_the_order_of_the_rest_kept():
    url = "https://example.org/?z=1&utm_source=x&a=2&FBCLID=y&gclid=z&a=1&utm%5Fid=3"

    assert canonical(url) == "https://example.org/?z=1&a=2&a=1"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "address_empty"),
        ("   ", "address_empty"),
        ("example.org/page", "address_not_web"),
        ("//example.org/page", "address_not_web"),
        ("javascript:alert(1)", "address_not_web"),
        ("ftp://example.org/", "address_not_web"),
        ("file:///etc/passwd", "address_not_web"),
        ("data:text/html,x", "address_not_web"),
        ("http:example.org", "address_without_host"),
        ("http:///page", "address_without_host"),
        ("http://:80/", "address_without_host"),
        ("https://ana:secret@example.org/", "address_credentials"),
        ("https://example.org@127.0.0.1/", "address_credentials"),
        ("https://example.org/a b", "address_whitespace"),
        ("https://exa\tmple.org/", "address_characters"),
        ("https://example.org/\u3000", "address_whitespace"),
        ("https://example.org/\x00", "address_characters"),
        ("https://example.org/\x85x", "address_characters"),
        ("https://example.org/\ud800", "address_characters"),
        ("https://example.org/\u202egro", "address_characters"),
        ("https:\\\\example.org/", "address_characters"),
        ("https://example.org\\@127.0.0.1/", "address_characters"),
        ("https://example.org:0/", "address_port"),
        ("https://example.org:65536/", "address_port"),
        ("https://example.org:8o/", "address_port"),
        ("https://example.org:٨٠/", "address_port"),
        ("https://[::1/", "address_host"),
        ("https://[::1]x/", "address_host"),
        ("https://[fe80::1%25eth0]/", "address_host"),
        ("https://::1/", "address_without_host"),
        ("https://example..org/", "address_host"),
        ("https://-example.org/", "address_host"),
        ("https://xn--a.example/", "address_host"),
        ("https://1.2.3.4.5/", "address_host"),
        ("https://256.1.1.1/", "address_host"),
        ("https://4294967296/", "address_host"),
        ("https://1.2.3.09/", "address_host"),
        ("https://a%00.example/", "address_host"),
        ("https://a%FF.example/", "address_host"),
        (f"https://{'a' * 64}.example/", "address_host"),
        (f"https://{'a.' * 130}example/", "address_host"),
        (f"https://example.org/{'a' * MAX_LENGTH}", "address_too_long"),
        (f"https://example.org/{'ü' * 500}", "address_too_long"),
    ],
)
def test_what_cannot_be_an_address_is_refused_with_its_reason(url, code):
    with pytest.raises(AddressRefused) as refusal:
        canonical(url)

    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_the_limit_on_length_is_said_aloud():
    with pytest.raises(AddressRefused, match="2,048"):
        canonical("https://example.org/" + "a" * 1_000_000)


@given(st.text(max_size=60))
def test_any_text_gives_an_address_or_a_refusal(text):
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            spelled = canonical(url)
        except SourceError:
            continue
        assert spelled.isascii()
        assert canonical(spelled) == spelled


PIECES = st.lists(
    st.sampled_from(
        [
            "/",
            "..",
            ".",
            "?",
            "&",
            "=",
            "%",
            "%2e",
            "%41",
            "%c3",
            "ü",
            "utm_a=1",
            "a",
            "#",
            "//",
        ]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_canonical_twice_is_canonical_once(rest):
    once = canonical(f"https://example.org/{rest}")

    assert canonical(once) == once
