"""Pages that mean harm to whoever reads them: each with a name, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.sources.hostile.sites import ARTICLE, QUOTE, sized
from tests.sources.press import Handler, raw

# What a check may say of a page that was put in another's place.
REPLACED = ("changed", "soft_gone", "unsupported", "blocked")
SAME = ("unchanged",)
EITHER = (*SAME, *REPLACED)
# Bytes. Ten times as much is read of a page at most, and was tried: it only takes longer.
MOST = 490_000


@dataclass(frozen=True, slots=True)
class HostilePage:
    name: str
    build: Callable[[], Handler]
    seen: tuple[str, ...]


PAGES: list[HostilePage] = []


def page(
    name: str,
    body: Callable[[], str | bytes] | str | bytes,
    *headers: str,
    seen: tuple[str, ...] = REPLACED,
    media_type: str = "text/html; charset=utf-8",
) -> None:
    """Enter a page; `body` is built when it is needed where it is large."""
    PAGES.append(HostilePage(name, partial(_sent, body, headers, media_type), seen))


def _sent(body, headers, media_type) -> Handler:
    built = body() if callable(body) else body
    content = (
        built.encode("utf-8", "surrogatepass") if isinstance(built, str) else built
    )
    data = sized(content, *headers)
    old = b"Content-Type: text/html; charset=utf-8"
    return raw(data.replace(old, f"Content-Type: {media_type}".encode("latin-1"), 1))


def within(piece: str, *, where: str = "</article>") -> str:
    """Return the article with something in it before this tag."""
    return ARTICLE.decode().replace(where, piece + where)


def again(piece: str) -> Callable[[], str]:
    """Return what builds as much of this as is read of a page."""
    return lambda: piece * (MOST // len(piece.encode()))


def ld(text: str) -> str:
    return within(f'<script type="application/ld+json">{text}</script>')


def in_head(tags: str) -> str:
    return ARTICLE.decode().replace("<title>", f"{tags}<title>")


# --- Size and shape -----------------------------------------------------------------

page("a table of a million cells", lambda: "<table><tr>" + "<td>1" * 970_000)
page("a table of 30,000 rows", lambda: "<table>" + "<tr><td>one</tr>" * 30_000)
page(
    "a cell as wide as can be",
    within(
        '<table><tr><td colspan="9007199254740991" rowspan="9007199254740991">1</table>'
    ),
    seen=EITHER,
)
page(
    "a thousand wide cells",
    within("<table><tr>" + '<td colspan="1000" rowspan="65534">1' * 1_000 + "</table>"),
    seen=EITHER,
)
page("tables in tables", lambda: "<table><tr><td>" * 30_000)
page("lists in lists", lambda: "<ul><li>" * 50_000)
page("boxes in boxes", again("<div>"))
page("paragraphs without an end", again("<p>a"))
page("bold in bold", again("<b>"))
page("formatting that crosses", again("<b><i></b></i>"))
page("links upon links", again('<a href="/">a'))
page("a form in a form", again("<form><select><option>"))
page("quotations in quotations", again("<blockquote>"))
page("foreign worlds in each other", again("<svg><math>"))
page("one long attribute", lambda: f'<p title="{"a" * (MOST - 99)}">words')
page(
    "400,000 attributes",
    lambda: "<p " + " ".join(f"a{n}=1" for n in range(400_000)) + ">w",
)
page(
    "attributes and nothing between",
    lambda: "<p " + "".join(f"a{n}='1'" for n in range(300_000)) + ">w",
)
page("one long word", lambda: "<p>" + "a" * (MOST - 9))
page("one line of words", lambda: "<p>" + "word " * (MOST // 5 - 9))
page("nothing but paragraphs", again("<p>word</p>"))
page("nothing but openings", again("<"))
page("nothing but entities", again("&amp;"))
page("nothing but unknown entities", again("&aaaa"))
page("nothing but white space", again(" \n\t"))
page("nothing but zero width", again("\u200b"))
page("nothing but combining marks", lambda: "<p>a" + "\u0301" * (MOST // 2 - 9))
page("nothing but soft hyphens", lambda: "<p>a" + "\u00ad" * (MOST // 2 - 9))
page("a comment without an end", lambda: "<!--" + "a" * (MOST - 9))
page("a script without an end", lambda: "<script>" + "a" * (MOST - 9))
page("a title without an end", lambda: "<title>" + "a " * (MOST // 2 - 9))
page("a text area without an end", lambda: "<textarea>" + "a " * (MOST // 2 - 9))
page("plain text for ever", lambda: "<plaintext>" + "<p>a</p>" * 50_000)
page("nothing but headings", again("<h1>a</h1>"))
page("nothing but descriptions", again('<meta name="author" content="a">'))
page("frames in frames", again('<iframe src="/">'))
page("nothing but scripts", again("<script></script>"))

# --- What it claims about itself -----------------------------------------------------

for label, url in (
    ("to another site", "https://evil.example/"),
    ("to a file", "file:///etc/passwd"),
    ("to a script", "javascript:alert(1)"),
    ("into a private network", "http://10.0.0.1/"),
    ("to the cloud's secrets", "http://169.254.169.254/latest/"),
    ("to a zone", "http://[fe80::1%25lo]/"),
    ("to nothing", ""),
    ("to a broken bracket", "http://[::1"),
    ("to itself with 30,000 words", "?" + "&amp;".join(["a=1"] * 30_000)),
    ("to NUL", "/\0"),
    ("the other way", "/\u202exml"),
    ("up and up", "/.." * 9_999),
):
    page(
        f"says that it is canonical {label}",
        in_head(f'<link rel="canonical" href="{url}">'),
        seen=EITHER,
    )
    page(
        f"sends on at once {label}",
        in_head(f'<meta http-equiv="refresh" content="0;url={url}">'),
        seen=EITHER,
    )
    page(
        f"has its base {label}",
        in_head(f'<base href="{url}"><link rel=canonical href="a">'),
        seen=EITHER,
    )
    page(
        f"shares itself {label}",
        in_head(f'<meta property="og:url" content="{url}">'),
        seen=EITHER,
    )
page(
    "has a thousand canonicals",
    in_head('<link rel="canonical" href="/a">' * 999),
    seen=EITHER,
)
for label, text in (
    ("deep lists", "[" * 200_000),
    ("deep objects", '{"a":' * 200_000),
    (
        "a number without an end",
        '{"@type":"NewsArticle","datePublished":' + "9" * 100_000 + "}",
    ),
    ("infinity", '{"@type":"NewsArticle","datePublished":1e999,"position":NaN}'),
    (
        "NUL in a headline",
        '{"@type":"NewsArticle","headline":"a\\u0000b","author":"\\u0000"}',
    ),
    (
        "half a character",
        '{"@type":"NewsArticle","headline":"a\\ud800b","author":"\\udfff"}',
    ),
    (
        "types nobody expects",
        '{"@type":{"a":1},"headline":["a"],"author":{"name":{"name":[]}}}',
    ),
    ("a list of nothing", "[null, 1, true, [], {}]"),
    (
        "a year of its own",
        '{"@type":"NewsArticle","datePublished":"99999-01-01T00:00:00Z"}',
    ),
    ("the year nought", '{"@type":"NewsArticle","datePublished":"0000-00-00"}'),
    (
        "the end of time",
        '{"@type":"NewsArticle","datePublished":"9999-12-31T23:59:59-14:00"}',
    ),
    (
        "the beginning of time",
        '{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00+14:00"}',
    ),
    ("another's digits", '{"@type":"NewsArticle","datePublished":"٢٠٢٤-٠١-٠١"}'),
    ("an author of 100 KB", '{"@type":"NewsArticle","author":"' + "a" * 100_000 + '"}'),
    (
        "10,000 authors",
        '{"@type":"NewsArticle","author":['
        + ",".join(['{"name":"a"}'] * 10_000)
        + "]}",
    ),
    (
        "the article again, at length",
        '{"@type":"NewsArticle","articleBody":"' + "word " * 20_000 + '"}',
    ),
    ("nothing", ""),
    ("noise", "<!-- {{{ -->"),
):
    page(f"describes itself with {label}", ld(text), seen=EITHER)
page(
    "has a title of 100 KB",
    ARTICLE.decode().replace("Ellery<", "Ellery" + " a" * 50_000 + "<"),
    seen=EITHER,
)
page(
    "has NULs in its title",
    ARTICLE.decode().replace("The dam at", "The\0dam &#0; at", 1),
    seen=EITHER,
)
page(
    "speaks a language of 100 KB",
    ARTICLE.decode().replace('"en"', f'"{"x" * 100_000}"'),
    seen=EITHER,
)
page("speaks NUL", ARTICLE.decode().replace('"en"', '"e\0n&#0;"'), seen=EITHER)

# --- Letters ----------------------------------------------------------------------------

for charset in (
    "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "zip", "zlib",
    "bz2", "hex", "base64", "rot13", "undefined", "mbcs", "uu", "quopri", "utf-8-sig",
    "none", "a" * 40, "..", "utf-8/../x", "utf_16", "utf-32", "ebcdic-cp-be", "iso-2022-cn",
    "cp0", "x-user-defined", "string-escape", "latin-1",
):  # fmt: skip
    page(
        f"says that its charset is {charset[:20]}",
        ARTICLE,
        seen=EITHER,
        media_type=f"text/html; charset={charset}",
    )
page("is cut in the middle of a letter", ARTICLE + b"\xe2\x82", seen=EITHER)
page("is every byte", ARTICLE + bytes(range(256)) * 99, seen=EITHER)
page("holds NULs", ARTICLE.replace(b"council", b"coun\0cil"), seen=EITHER)
page(
    "holds entities that are none",
    within("<p>&#0;&#xD800;&#x110000;&#99999999999;&#x;&;"),
    seen=EITHER,
)
page(
    "begins with two byte order marks",
    b"\xef\xbb\xbf\xef\xbb\xbf" + ARTICLE,
    seen=EITHER,
)
page("begins with a mark and goes on otherwise", b"\xff\xfe" + ARTICLE, seen=EITHER)
page(
    "is UTF-16 of odd length",
    b"\xff\xfe" + ARTICLE.decode().encode("utf-16-le") + b"a",
    seen=EITHER,
)
page("is UTF-32", b"\xff\xfe\0\0" + ARTICLE.decode().encode("utf-32-le"), seen=EITHER)
page(
    "holds half characters",
    ARTICLE.replace(b"river", b"ri\xed\xa0\x80ver"),
    seen=EITHER,
)
page(
    "turns the direction of reading",
    within("<p>" + "\u202e\u2066" * 9_999),
    seen=EITHER,
)

# --- Kinds -----------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
page(
    "laughs a billion times",
    f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}]><html><p>&l9;</p></html>',
    media_type="application/xhtml+xml",
)
page(
    "reads our files",
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<html><body><p>&x; and words enough to be a page of its own, surely so.</p></body></html>",
    media_type="application/xhtml+xml",
)
page(
    "sends its reader to the network",
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "a" "http://127.0.0.1/a.dtd">'
    '<?xml-stylesheet href="http://127.0.0.1/a.xsl"?><html><body><p>Words.</p></body></html>',
    media_type="application/xhtml+xml",
)
for kind in (
    "image/png",
    "application/pdf",
    "application/octet-stream",
    "video/mp4",
    "text/plain",
    "text/css",
    "application/json",
    "application/zip",
    "multipart/mixed; boundary=a",
    "message/rfc822",
    "",
    "text",
    "text/html/x",
    "a" * 9_000,
):
    page(f"says that it is {kind[:30]!r}", ARTICLE, seen=EITHER, media_type=kind)
page("is a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99)
page("is an archive", b"PK\3\4" + bytes(range(256)) * 99)
page(
    "is a PDF in name only",
    b"%PDF-1.7\n" + bytes(range(256)) * 99,
    media_type="application/pdf",
)
page(
    "is half a PDF",
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>",
    media_type="application/pdf",
)
page(
    "is a PDF whose pages go in a circle",
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3>>\n%%EOF",
    media_type="application/pdf",
)
page("is a PDF within a page", b"%PDF-1.7\n" + ARTICLE)

# --- Headers that are kept ----------------------------------------------------------------

for label, header in (
    ("an ETag of 10 KB", 'ETag: "' + "a" * 10_000 + '"'),
    ("an ETag that is none", 'ETag: W/"a"b, *'),
    ("a date that is none", "Last-Modified: yesterday at noon"),
    ("a date of 10 KB", "Last-Modified: " + "a" * 10_000),
    ("a wait of minus five", "Retry-After: -5"),
    ("a wait for ever", "Retry-After: " + "9" * 999),
    ("a wait until the end", "Retry-After: Fri, 31 Dec 9999 23:59:59 -1200"),
    ("a wait until never", "Retry-After: Fri, 99 Foo 2026 99:99:99 GMT"),
    ("a wait in another's digits", "Retry-After: ٥"),
    ("a wait of nothing", "Retry-After: "),
    ("a wait that is no number", "Retry-After: NaN"),
    ("a wait in half seconds", "Retry-After: 1.5e3"),
    ("a time before time", "Retry-After: Mon, 01 Jan 0001 00:00:00 +1400"),
    ("a link to elsewhere", 'Link: <http://10.0.0.1/>; rel="canonical"'),
    ("an order to reload", "Refresh: 0; url=http://10.0.0.1/"),
):
    page(
        f"is sent with {label}",
        ARTICLE,
        header.encode().decode("latin-1"),
        seen=SAME,
    )

assert QUOTE in ARTICLE.decode()
