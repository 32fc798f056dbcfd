"""PDF to the paragraphs that a reader sees, and what it says about itself."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from sources.errors import UnsupportedMedia
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    import pypdfium2

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 500
MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 2_000_000
MAX_SECONDS = 5.0  # of CPU; looked at between two pages

_HYPHEN = "\ufffe"  # what pdfium leaves of one at the end of a line
_HYPHENATED = re.compile(r"(\w+)(?:\ufffe|\x02)(\w+)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_NUMBER = re.compile(r"\d+")
_FOLIO = re.compile(
    r"\W*(?:[ivxl]{1,6}|(?:(?:page|p|seite|página|стр)\W*)?#(?:\W*(?:of|von|de|/)?\W*#)?)\W*"
)
_ENDS = frozenset('.!?:;…。！？”"»)')
_PREFIXES = frozenset(
    ["non", "self", "ex", "well", "anti", "half", "all", "cross", "co"]
)
_MADE_UP = re.compile(
    r"(?:microsoft \w+ - |untitled|.*\.(?:docx?|pdf|indd|tex|rtf)$)", re.I
)
_ENCRYPTED = 4  # pdfium's FPDF_ERR_PASSWORD

# pdfium keeps what it works on in one place for the whole process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a PDF says. Empty where it is silent."""

    title: str
    author: str
    blocks: tuple[str, ...]  # by paragraph; running heads and page numbers left out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    page: int
    left: float
    top: float
    bottom: float  # of the last line, where a hyphen joins several
    height: float


def is_pdf(content: bytes) -> bool:
    """Say whether bytes are a PDF, whatever the server calls them."""
    return content[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-")


def read_pdf(content: bytes) -> Paper:
    """
    Read a PDF whole, which costs some milliseconds a page.

    Raises UnsupportedMedia, with a sentence, for one that is damaged, locked, too
    long or without any text.
    """
    if len(content) > MAX_BYTES:
        raise _refused(
            _("The PDF is larger than %(megabytes)s MB."),
            megabytes=MAX_BYTES // 1024**2,
        )
    with _one_at_a_time:
        document = _opened(content)
        try:
            lines, said = _lines(document), document.get_metadata_dict()
        finally:
            document.close()
    if not any(character.isalnum() for line in lines for character in line.text):
        raise _refused(_("The PDF holds pictures of pages and no text."))
    blocks = tuple(_paragraphs(_without_heads(lines)))
    return Paper(
        title=_title(said.get("Title", ""), lines),
        author=_clean(said.get("Author", ""))[:300],
        blocks=tuple(filter(None, map(_clean, _whole_words(blocks)))),
    )


def _refused(text: str, **facts: int) -> UnsupportedMedia:
    return UnsupportedMedia(text, media_type=MEDIA_TYPE, facts=facts)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    # It takes 10 MB and a moment, which workers that only fetch do without.
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _ENCRYPTED
        raise _refused(
            _("The PDF is locked with a password.")
            if locked
            else _("The PDF is damaged.")
        ) from error
    if not 0 < pages <= MAX_PAGES:
        document.close()
        if not pages:
            raise _refused(_("The PDF has no pages."))
        raise _refused(
            _("The PDF has more pages than are read: %(pages)s of at most %(most)s."),
            pages=pages,
            most=MAX_PAGES,
        )
    return document


def _lines(document: pypdfium2.PdfDocument) -> list[_Line]:
    import pypdfium2  # noqa: PLC0415 - here already

    began, size = time.process_time(), 0
    lines: list[_Line] = []
    try:
        for number in range(len(document)):
            if time.process_time() - began > MAX_SECONDS or size > MAX_CHARACTERS:
                raise _refused(_("The PDF takes too long to read."))
            page = document[number]
            text = page.get_textpage()
            found = list(_lines_of(text, number))
            size += sum(len(line.text) for line in found)
            lines += found
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise _refused(_("The PDF is damaged.")) from error
    return lines


def _lines_of(text: Any, number: int) -> Iterator[_Line]:  # a text page of pdfium
    at = 0
    for line in text.get_text_range().split("\r\n"):
        first, last = at + len(line) - len(line.lstrip()), at + len(line.rstrip()) - 1
        at += len(line) + 2
        if last < first:
            continue
        left, low, _, top = text.get_charbox(first, loose=True)
        bottom = text.get_charbox(last, loose=True)[1] or low
        yield _Line(
            text=line.strip(),
            page=number,
            left=left,
            top=top,
            bottom=min(bottom, low),
            height=max(1.0, top - low),
        )


def _without_heads(lines: list[_Line]) -> list[_Line]:
    """Leave out page numbers, and lines that stand on many pages at the edge."""
    edges = dict(_edges(lines))
    seen = Counter(_masked(lines[n].text) for n in edges)
    often = max(2, 0.3 * (lines[-1].page + 1))
    dropped = {
        n
        for n, at_the_top in edges.items()
        if _FOLIO.fullmatch(masked := _masked(lines[n].text))
        or (seen[masked] >= often and not (at_the_top and lines[n].page == 0))
    }
    return [line for n, line in enumerate(lines) if n not in dropped]


def _edges(lines: list[_Line]) -> Iterator[tuple[int, bool]]:
    """Yield the places of the first and last lines of each page, by eye, not order."""
    for _page, numbered in groupby(enumerate(lines), key=lambda pair: pair[1].page):
        places = sorted(numbered, key=lambda pair: -pair[1].top)
        yield from ((n, False) for n, _ in places[-2:])
        yield from ((n, True) for n, _ in places[:2])


def _masked(text: str) -> str:
    return _NUMBER.sub("#", text.casefold())


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    if not lines:
        return
    collected = [lines[0].text]
    for last, line in pairwise(lines):
        if _goes_on(last, line):
            collected.append(line.text)
        else:
            yield _joined(collected)
            collected = [line.text]
    yield _joined(collected)


def _goes_on(last: _Line, line: _Line) -> bool:
    """Say whether a line belongs to the paragraph of the one before."""
    ended = last.text[-1] in _ENDS
    if abs(last.height - line.height) > 0.15 * line.height:
        return False
    if line.page != last.page or line.top > last.top:  # the next page or column
        return not ended and (line.text[0].islower() or last.text[-1] in "-," + _HYPHEN)
    if last.bottom - line.top > 0.6 * line.height:
        return False
    return not (ended and line.left - last.left > 0.7 * line.height)


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        if (
            text[-1] in "-\u00ad\x02" + _HYPHEN
            and text[-2:-1].isalpha()
            and line[0].islower()
        ):
            text = text[:-1] + _HYPHEN + line
        else:
            text += " " + line
    return text


def _whole_words(blocks: tuple[str, ...]) -> Iterator[str]:
    """Join what was parted at the ends of lines, as the rest of the text writes it."""
    known = {word for block in blocks for word in _WORD.findall(block.casefold())}

    def whole(parted: re.Match[str]) -> str:
        first, second = parted[1], parted[2]
        joined, kept = first + second, f"{first}-{second}"
        if joined.casefold() in known:
            return joined
        keep = kept.casefold() in known or first.casefold() in _PREFIXES
        return kept if keep or second[0].isupper() or first[-1].isdigit() else joined

    for block in blocks:
        yield _HYPHENATED.sub(whole, block).replace(_HYPHEN, "-").replace("\x02", "-")


def _clean(text: str) -> str:
    """Collapse white space, and drop what cannot be kept."""
    kept = text.replace("\0", "").encode("utf-8", "replace").decode()
    return " ".join(kept.split())


def _title(said: str, lines: list[_Line]) -> str:
    title = _clean(said)
    if title and not _MADE_UP.match(title):
        return title[:500]
    opening = [line for line in lines if line.page == lines[0].page]
    tallest = max(line.height for line in opening)
    largest = [line for line in opening if line.height > 0.95 * tallest][:3]
    return _clean(" ".join(line.text for line in largest))[:500]
