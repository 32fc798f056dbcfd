"""Bytes to text, whatever charset they claim to be in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_.:-]{2,40})|"
    rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_TAG = re.compile(
    rb"<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>|&#?\w{1,10};", re.DOTALL | re.IGNORECASE
)
_SAMPLE = 16 * 1024
_HEAD = 64 * 1024  # bytes in which a page may name its charset; browsers stop at 1,024

# What is said, and what browsers take it for (WHATWG Encoding).
_TAKEN_FOR = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# A page whose tags are readable is in none of these.
_NOT_LIKE_ASCII = ("utf-16", "utf-32", "utf-7", "idna", "punycode", "cp037", "cp500")
_ASCII = bytes(range(128))
# Other Latin alphabets look so much like cp1252 that guessing does harm.
_GUESSES = [
    *("cp1252", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]


def decoded(content: bytes, *, declared: str = "") -> tuple[str, str]:
    """
    Return the text and the charset it was read in.

    The order of trust: a byte order mark, UTF-8 that is valid but for a few bytes,
    the charset the server declared, the one in the page, the looks of the bytes,
    cp1252.
    """
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace"), charset
    for charset, errors in _candidates(content, declared):
        try:
            return content.decode(charset, errors), charset
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace"), "cp1252"


def _candidates(content: bytes, declared: str) -> Iterator[tuple[str, str]]:
    if b"\x1b$" in content or b"\x1b(J" in content:
        yield "iso2022_jp", "strict"
    # NUL is valid UTF-8: Latin letters in UTF-16 are, too.
    if sixteen := _sixteen(content):
        yield sixteen, "replace"
    yield "utf-8", "strict"
    meta = _META.search(content[:_HEAD])
    inside = (meta[1] or meta[2]).decode() if meta else ""
    known = [charset for charset in map(_known, (declared, inside)) if charset]
    if _nearly_utf8(content, declared="utf-8" in known):
        yield "utf-8", "replace"
    yield from ((charset, "strict") for charset in known)
    if guess := _guess(content):
        yield guess, "strict"


def _known(name: str) -> str:
    """Return Python's name for a charset, or nothing for one it does not know."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if found.startswith(_NOT_LIKE_ASCII) else _TAKEN_FOR.get(found, found)


def _guess(content: bytes) -> str:
    """Guess from the looks of the letters, not of the tags around them."""
    letters = b" ".join(_TAG.sub(b" ", content[: 64 * _SAMPLE]).split())[:_SAMPLE]
    whole = letters.rpartition(b" ")[0] or letters  # no letter is cut in two
    if len(whole.translate(None, _ASCII)) < max(10, 0.15 * len(whole)):
        return ""  # accents among Latin letters, or too little to go by
    # Few pages need it, and it takes 10 MB that workers that only fetch do without.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(whole, cp_isolation=_GUESSES).best()
    return _TAKEN_FOR.get(best.encoding, best.encoding) if best else ""


def _sixteen(content: bytes) -> str:
    """Return the UTF-16 that markup without a byte order mark is in, or nothing."""
    start = content[:512]
    if len(start) < 4 or not 0.3 < start.count(0) / len(start) < 0.7:
        return ""
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"


def _nearly_utf8(content: bytes, *, declared: bool) -> bool:
    """
    Say whether a few broken bytes stand among many good ones.

    Letters of other charsets hardly ever make whole UTF-8 by chance.
    """
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd") - content.count(b"\xef\xbf\xbd")
    ascii_letters = len(content) - len(content.translate(None, _ASCII))
    good = len(text) - ascii_letters - broken
    return broken * (1 if declared else 4) <= good
