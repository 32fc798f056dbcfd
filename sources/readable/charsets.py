"""Bytes to text, whatever charset they claim to be in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

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
    rb"<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_SAMPLE = 16 * 1024

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

    The order of trust: a byte order mark, valid UTF-8, the charset the server
    declared, the one in the page, the looks of the bytes, cp1252.
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
    yield "utf-8", "strict"
    meta = _META.search(content[:4096])
    inside = (meta[1] or meta[2]).decode() if meta else ""
    known = [charset for charset in map(_known, (declared, inside)) if charset]
    if "utf-8" in known and _nearly_utf8(content):
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
    letters = _TAG.sub(b" ", content[: 16 * _SAMPLE])[:_SAMPLE]
    whole = letters.rpartition(b" ")[0] or letters  # no letter is cut in two
    if len(whole.translate(None, _ASCII)) < max(10, 0.15 * len(whole)):
        return ""  # accents among Latin letters, or too little to go by
    best = from_bytes(whole, cp_isolation=_GUESSES).best()
    return _TAKEN_FOR.get(best.encoding, best.encoding) if best else ""


def _nearly_utf8(content: bytes) -> bool:
    """Say whether a few broken bytes stand among many good ones."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - broken
    return broken * 20 <= good
