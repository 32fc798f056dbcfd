"""
Addresses that lead where nothing may be fetched, in every spelling we know of.

`HOSTS` are spelled so that some program, somewhere, takes them for an address of this
machine or its neighbours; `URLS` hide where they lead in other parts. Each is a pair
of what it tries and the host or address itself; PORT stands for the port.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

PORT = "{port}"
LOOPBACK, METADATA = "127.0.0.1", "169.254.169.254"
# One of each kind that is in the way of an attack; the guard's own tests know them all.
TARGETS = (LOOPBACK, METADATA, "10.0.0.1", "192.168.1.1", "172.16.0.1", "0.0.0.0")

_DIGIT_ROWS = {
    "full-width digits": "０１２３４５６７８９",
    "circled digits": "⓪①②③④⑤⑥⑦⑧⑨",
    "bold digits": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "double-struck digits": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "monospace digits": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "superscript digits": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "subscript digits": "₀₁₂₃₄₅₆₇₈₉",
    "segmented digits": "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹",
    "Arabic digits": "٠١٢٣٤٥٦٧٨٩",
    "Persian digits": "۰۱۲۳۴۵۶۷۸۹",
    "Devanagari digits": "०१२३४५६७८९",
}
_DOTS = {
    "ideographic dots": "。",
    "full-width dots": "．",
    "half-width ideographic dots": "｡",
    "one-dot leaders": "․",
}
_UNSEEN = {
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "variation selector": "\ufe0f",
    "byte order mark": "\ufeff",
}


def _numbers(target: str) -> list[tuple[str, str]]:
    """Spell an IPv4 address the ways inet_aton and browsers read numbers."""
    a, b, c, d = IPv4Address(target).packed
    whole = int(IPv4Address(target))
    return [
        ("plain", target),
        ("trailing dot", f"{target}."),
        ("decimal", f"{whole}"),
        ("decimal, trailing dot", f"{whole}."),
        ("hex", f"0x{whole:08x}"),
        ("hex, upper case", f"0X{whole:08X}"),
        ("hex, leading zeros", f"0x{whole:020x}"),
        ("octal", f"0{whole:o}"),
        ("octal, leading zeros", f"000000{whole:o}"),
        ("octal parts", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        ("padded octal parts", f"{a:04o}.{b:04o}.{c:04o}.{d:04o}"),
        ("hex parts", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"),
        ("mixed parts", f"0x{a:x}.0{b:o}.{c}.{d}"),
        ("two parts", f"{a}.{(b << 16) + (c << 8) + d}"),
        ("three parts", f"{a}.{b}.{(c << 8) + d}"),
        ("hex and a long part", f"0x{a:X}.0x{(b << 16) + (c << 8) + d:X}"),
        ("decimal, too large by 2^32", f"{whole + 2**32}"),
        ("part too large by 256", f"{a + 256}.{b}.{c}.{d}"),
    ]


def _letters(target: str) -> list[tuple[str, str]]:
    """Spell an IPv4 address with characters that are made one by Unicode."""
    written = [
        (name, target.translate({ord(str(n)): row[n] for n in range(10)}))
        for name, row in _DIGIT_ROWS.items()
    ]
    written += [(name, target.replace(".", dot)) for name, dot in _DOTS.items()]
    written += [(name, target.replace(".", f"{c}.")) for name, c in _UNSEEN.items()]
    written += [
        ("percent-encoded", "".join(f"%{ord(c):02x}" for c in target)),
        ("percent-encoded dots", target.replace(".", "%2E")),
        ("percent-encoded twice", target.replace(".", "%252E")),
        ("percent-encoded full-width", quote(target.replace(".", "．"))),
    ]
    return written


def _six(target: str) -> list[tuple[str, str]]:
    """Carry an IPv4 address within an IPv6 address."""
    four = int(IPv4Address(target))
    high, low = f"{four >> 16:x}", f"{four & 0xFFFF:x}"
    teredo = IPv6Address((0x20010000 << 96) | (four ^ 0xFFFFFFFF))
    forms = [
        ("IPv4-mapped", f"::ffff:{target}"),
        ("IPv4-mapped in hex", f"::ffff:{high}:{low}"),
        ("IPv4-mapped in full", f"0:0:0:0:0:FFFF:{high}:{low}"),
        ("IPv4-compatible", f"::{target}"),
        ("IPv4-compatible in hex", f"::{high}:{low}"),
        ("IPv4-translated", f"::ffff:0:{target}"),
        ("NAT64", f"64:ff9b::{target}"),
        ("NAT64 in hex", f"64:ff9b::{high}:{low}"),
        ("local NAT64", f"64:ff9b:1::{target}"),
        ("local NAT64, another prefix", f"64:ff9b:1:abcd::{high}:{low}"),
        ("6to4", f"2002:{high}:{low}::1"),
        ("6to4, last bits alike", f"2002:{high}:{low}::{high}:{low}"),
        ("Teredo client", str(teredo)),
        ("Teredo server", f"2001:0:{high}:{low}::1"),
        ("ISATAP", f"2606:4700::5efe:{target}"),
        ("ISATAP, universal", f"2606:4700::200:5efe:{high}:{low}"),
        ("ISATAP, link-local", f"fe80::5efe:{target}"),
    ]
    return [(name, f"[{form}]") for name, form in forms]


_OTHERS = (
    ("zero", "0"),
    ("short", "127.1"),
    ("short", "127.0.1"),
    ("short hex", "0x7f.1"),
    ("empty hex", "0x"),
    ("empty hex part", "127.0.0.0x"),
    ("octal with a nine", "0179.0.0.1"),
    ("five parts", "127.0.0.0.1"),
    ("empty part", "127..0.1"),
    ("leading dot", ".127.0.0.1"),
    ("two trailing dots", "127.0.0.1.."),
    ("end of the range", "127.255.255.255"),
    ("negative", "-2130706431"),
    ("signed part", "+127.0.0.1"),
    ("exponent", "2.130706433e9"),
    ("underscore", "2_130_706_433"),
    ("hex with a sign", "0x+7f000001"),
    ("binary", "0b1111111000000000000000000000001"),
    ("octal as Python has it", "0o177.0.0.1"),
    ("broadcast", "255.255.255.255"),
    ("multicast", "224.0.0.1"),
    ("carriers' NAT", "100.64.0.1"),
    ("cloud metadata", "100.100.100.200"),
    ("cloud metadata", "192.0.0.192"),
    ("cloud metadata", "168.63.129.16"),
    ("cloud metadata", "[fd00:ec2::254]"),
    ("cloud metadata", "[fd20:ce::254]"),
    ("documentation", "192.0.2.1"),
    ("benchmarks", "198.18.0.1"),
    ("loopback", "[::1]"),
    ("loopback in full", "[0000:0000:0000:0000:0000:0000:0000:0001]"),
    ("loopback in part", "[0:0:0::1]"),
    ("nowhere", "[::]"),
    ("private", "[fc00::1]"),
    ("private", "[fd12:3456::1]"),
    ("site-local", "[fec0::1]"),
    ("link-local", "[fe80::1]"),
    ("zone", "[fe80::1%lo]"),
    ("zone", "[fe80::1%25lo]"),
    ("zone", "[::1%25lo]"),
    ("zone", "[::1%lo]"),
    ("zone", "[2606:4700::1%25lo]"),
    ("numbered zone", "[fe80::1%251]"),
    ("multicast", "[ff02::1]"),
    ("documentation", "[2001:db8::1]"),
    ("documentation", "[3fff::1]"),
    ("discard", "[100::1]"),
    ("segment routing", "[5f00::1]"),
    ("AS112", "[2620:4f:8000::1]"),
    ("future", "[v1.127.0.0.1]"),
    ("no brackets", "::1"),
    ("IPv4 in brackets", "[127.0.0.1]"),
    ("number in brackets", "[2130706433]"),
    ("full-width in brackets", "[：：１]"),
    ("percent-encoded brackets", "%5B::1%5D"),
    ("percent-encoded inside brackets", "[%3A%3A1]"),
    ("unclosed", "[::1"),
    ("space in brackets", "[ ::1]"),
    ("name of this machine", "localhost"),
    ("name of this machine", "LOCALHOST"),
    ("name of this machine", "localhost."),
    ("name of this machine", "ｌｏｃａｌｈｏｓｔ"),
    ("name of this machine", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"),
    ("name of this machine", "loc\u00adalhost"),
    ("name of this machine", "%6c%6f%63alhost"),
    ("name of this machine", "localhost.localdomain"),
    ("name of this machine", "ip6-localhost"),
    ("name of this machine", "a.localhost"),
    ("punycode of digits", "xn--127-.0.0.1"),
    ("punycode of digits", "xn--127.0.0.1-"),
    ("punycode of full-width digits", "xn--8h8hyc.0.0.1"),
    ("NUL", "127.0.0.1%00.example.org"),
    ("NUL", "127.0.0.1\x00.example.org"),
    ("tab", "127.0\t.0.1"),
    ("newline", "127.0\n.0.1"),
    ("line separator", "127.0\u2028.0.1"),
    ("vertical tab", "127.0\x0b.0.1"),
    ("percent-encoded tab", "127.0%09.0.1"),
    ("percent-encoded newline", "127.0%0A.0.1"),
    ("percent-encoded slash", "127.0.0.1%2F.example.org"),
    ("percent-encoded at", "example.org%40127.0.0.1"),
    ("percent-encoded hash", "127.0.0.1%23.example.org"),
    ("percent-encoded colon", "127.0.0.1%3A80"),
    ("percent-encoded backslash", "127.0.0.1%5C.example.org"),
    ("broken percent", "127.0.0.1%"),
    ("overlong UTF-8", "127%C0%AE0.0.1"),
    ("right-to-left", "\u202e1.0.0.721"),
    ("surrogate", "127.0.0.1\ud800"),
    ("full-width slash", "127.0.0.1／.example.org"),
    ("full-width at", "example.org＠127.0.0.1"),
    ("full-width colon", "127.0.0.1：80"),
    ("care of", "127.0.0.1℀.example.org"),
    ("fraction", "½27.0.0.1"),
    ("number and full stop in one", "⒈⒉⒎.0.0.1"),
    ("number and full stop in one", "127.0.0.⒈"),
    ("number in parentheses", "⑴⑵⑺.0.0.1"),
    ("Roman numeral", "Ⅰ27.0.0.1"),
)

HOSTS: tuple[tuple[str, str], ...] = (
    *((f"{LOOPBACK}: {name}", host) for name, host in _letters(LOOPBACK)),
    *((f"{METADATA}: {name}", host) for name, host in _letters(METADATA)),
    *((f"{t}: {name}", host) for t in TARGETS for name, host in _numbers(t)),
    *((f"{t}: {name}", host) for t in TARGETS for name, host in _six(t)),
    *_OTHERS,
)

URLS: tuple[tuple[str, str], ...] = (
    ("user", f"http://example.org@127.0.0.1:{PORT}/"),
    ("user and password", f"http://example.org:80@127.0.0.1:{PORT}/"),
    ("empty user", f"http://@127.0.0.1:{PORT}/"),
    ("two at signs", f"http://a@example.org@127.0.0.1:{PORT}/"),
    ("two at signs, ours first", f"http://127.0.0.1:{PORT}@x@example.org/"),
    ("hash before at", f"http://example.org#@127.0.0.1:{PORT}/"),
    ("question mark before at", f"http://127.0.0.1:{PORT}?@example.org/"),
    ("hash after port", f"http://127.0.0.1:{PORT}#@example.org/"),
    ("backslash before at", f"http://127.0.0.1:{PORT}\\@example.org/"),
    ("backslash after at", f"http://example.org\\@127.0.0.1:{PORT}/"),
    ("backslashes", f"http:\\\\127.0.0.1:{PORT}\\"),
    ("slash and backslash", f"http:/\\127.0.0.1:{PORT}/"),
    ("one slash", f"http:/127.0.0.1:{PORT}/"),
    ("no slash", f"http:127.0.0.1:{PORT}/"),
    ("three slashes", f"http:///127.0.0.1:{PORT}/"),
    ("four slashes", f"http:////127.0.0.1:{PORT}/"),
    ("no scheme", f"//127.0.0.1:{PORT}/"),
    ("no scheme, no slashes", f"127.0.0.1:{PORT}/"),
    ("tab in the scheme", f"ht\ttp://127.0.0.1:{PORT}/"),
    ("newline in the scheme", f"http:\n//127.0.0.1:{PORT}/"),
    ("leading control", f"\x01http://127.0.0.1:{PORT}/"),
    ("leading spaces", f"  http://127.0.0.1:{PORT}/"),
    ("space before the host", f"http:// 127.0.0.1:{PORT}/"),
    ("space before the port", f"http://127.0.0.1 :{PORT}/"),
    ("space and a second host", f"http://127.0.0.1:{PORT} example.org/"),
    ("line break and a header", f"http://127.0.0.1:{PORT}/\r\nHost: example.org"),
    ("upper-case scheme", f"HTTP://127.0.0.1:{PORT}/"),
    ("secure", f"https://127.0.0.1:{PORT}/"),
    ("port with zeros", f"http://127.0.0.1:000{PORT}/"),
    ("two ports", f"http://127.0.0.1:{PORT}:80/"),
    ("port over again", f"http://127.0.0.1:80:{PORT}/"),
    ("full-width port", "http://127.0.0.1:８０/"),
    ("negative port", "http://127.0.0.1:-80/"),
    ("port too large by 2^16", "http://127.0.0.1:65616/"),
    ("port of the mail", "http://example.org:25/"),
    ("port of the database", "http://example.org:5432/"),
    ("port of the queue", "http://example.org:6379/"),
    ("port of the shell", "http://example.org:22/"),
    ("port nought", "http://example.org:0/"),
    ("file", "file:///etc/passwd"),
    ("file of a host", f"file://127.0.0.1:{PORT}/etc/passwd"),
    ("gopher", f"gopher://127.0.0.1:{PORT}/_INFO"),
    ("dict", f"dict://127.0.0.1:{PORT}/info"),
    ("ftp", f"ftp://127.0.0.1:{PORT}/"),
    ("ldap", f"ldap://127.0.0.1:{PORT}/"),
    ("telnet", f"telnet://127.0.0.1:{PORT}/"),
    ("websocket", f"ws://127.0.0.1:{PORT}/"),
    ("data", "data:text/html,<p>words"),
    ("javascript", "javascript:fetch('http://127.0.0.1/')"),
    ("jar", f"jar:http://127.0.0.1:{PORT}/!/"),
    ("view-source", f"view-source:http://127.0.0.1:{PORT}/"),
    ("blob", f"blob:http://127.0.0.1:{PORT}/1"),
    ("URL: before it", f"url:http://127.0.0.1:{PORT}/"),
    ("Unix socket", "http+unix://%2Fvar%2Frun%2Fdocker.sock/info"),
    ("Unix socket", "unix:///var/run/docker.sock"),
    ("no host", "http://"),
    ("no host, a port", f"http://:{PORT}/"),
    ("nothing", ""),
)


def spelled(form: str, *, port: int) -> str:
    """Return an address of `URLS` for this port."""
    return form.replace(PORT, str(port))


def everything(*, port: int) -> list[tuple[str, str]]:
    """Return the name and the address of every form here."""
    of_hosts = [(name, f"http://{host}:{port}/") for name, host in HOSTS]
    return of_hosts + [(name, spelled(form, port=port)) for name, form in URLS]
