"""A page as a reader sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from sources.errors import UnsupportedMedia
from sources.quote import fold
from sources.readable import docx, pdf
from sources.readable.about import About, about
from sources.readable.article import article
from sources.readable.carried import MARK as DATA
from sources.readable.carried import article_for_scripts
from sources.readable.charsets import decoded
from sources.readable.seeing import MARK, blocks, blocks_without_tree, tidy, tree
from sources.saying import gettext_noop as _

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = frozenset({"text/plain", "text/markdown"})
_MAGIC = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
# A page that shows less than this and carries its article for machines is one
# that scripts would fill.
_FILLED_BY_SCRIPTS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says, and what it says about itself. Empty where it is silent."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    media_type: str
    charset: str
    blocks: tuple[str, ...] = field(repr=False)  # everything a reader sees
    article: tuple[str, ...] = field(repr=False)  # without what stands around it

    @property
    def text(self) -> str:
        """Everything a reader sees, a line for each block."""
        return "\n".join(self.blocks)

    @property
    def article_text(self) -> str:
        """The article, a line for each block."""
        return "\n".join(self.article)

    @property
    def text_sha256(self) -> str:
        """The fingerprint of the article; typography does not count."""
        return text_digest(self.article_text)


def read(
    content: bytes, *, media_type: str = "", charset: str = "", url: str = ""
) -> Page:
    """
    Read a page whole, with its article, which costs some tens of milliseconds; a PDF,
    some a page.

    Raises UnsupportedMedia for what holds no text, whatever it calls itself.
    """
    kind = _kind(content, media_type)
    if kind == pdf.MEDIA_TYPE:
        return _paper(content)
    if kind == docx.MEDIA_TYPE:
        return _document(content)
    markup, charset = decoded(content, declared=charset)
    if kind in _PLAIN:
        lines = tidy(markup.replace("\n", MARK))
        return Page(media_type=kind, charset=charset, blocks=lines, article=lines)
    parsed = tree(markup)
    if parsed is None:
        lines = blocks_without_tree(markup)
        return Page(media_type=kind, charset=charset, blocks=lines, article=lines)
    said = about(parsed, url=url)
    seen = blocks(parsed)
    carried = _carried(said, seen, markup)
    return Page(
        title=said.title,
        author=said.author,
        publisher=said.publisher,
        published_at=said.published_at,
        language=said.language,
        canonical_url=said.canonical_url,
        media_type=kind,
        charset=charset,
        blocks=seen + carried,
        article=carried or article(parsed),
    )


def visible(content: bytes, *, media_type: str = "", charset: str = "") -> str:
    """
    Return everything a reader sees, at a tenth of the cost of `read`.

    Raises UnsupportedMedia.
    """
    kind = _kind(content, media_type)
    if kind == pdf.MEDIA_TYPE:
        return "\n".join(pdf.read_pdf(content).blocks)
    if kind == docx.MEDIA_TYPE:
        return "\n".join(docx.read_docx(content).blocks)
    markup, _ = decoded(content, declared=charset)
    if kind in _PLAIN:
        return "\n".join(tidy(markup.replace("\n", MARK)))
    parsed = tree(markup)
    if parsed is None:
        return "\n".join(blocks_without_tree(markup))
    seen = blocks(parsed)
    if ("articleBody" in markup or DATA in markup) and _is_short(seen):
        # Scripts are gone from a tree that has been seen.
        seen += _carried(about(LexborHTMLParser(markup), url=""), seen, markup)
    return "\n".join(seen)


def contains(text: str, *, blocks: Iterable[str]) -> bool:
    """
    Say whether every block stands in a visible text, as a block of its own.

    Typography does not count. A word more at the end of a block is another block.
    """
    lines = text.split("\n")
    left = set(blocks).difference(lines)
    if not left:
        return True
    return {_plainly(block) for block in left} <= {_plainly(line) for line in lines}


def _plainly(block: str) -> str:
    return fold(block).text.strip()


def text_digest(text: str) -> str:
    """Return the fingerprint of a text; typography does not count."""
    folded = " ".join(fold(text).text.split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def _carried(said: About, seen: tuple[str, ...], markup: str) -> tuple[str, ...]:
    """Return the article a script-only page carries; () where it shows its own."""
    if not _is_short(seen):
        return ()
    body = said.article_body or article_for_scripts(markup)
    if len(body) <= sum(map(len, seen)):
        return ()
    parsed = tree(body)
    carried = blocks(parsed) if parsed else blocks_without_tree(body)
    return tuple(block for block in carried if block not in seen)


def _is_short(seen: tuple[str, ...]) -> bool:
    return sum(map(len, seen)) < _FILLED_BY_SCRIPTS


def _paper(content: bytes) -> Page:
    paper = pdf.read_pdf(content)
    return Page(
        title=paper.title,
        author=paper.author,
        media_type=pdf.MEDIA_TYPE,
        charset="",
        blocks=paper.blocks,
        article=paper.blocks,
    )


def _document(content: bytes) -> Page:
    document = docx.read_docx(content)
    return Page(
        title=document.title,
        author=document.author,
        media_type=docx.MEDIA_TYPE,
        charset="",
        blocks=document.blocks,
        article=document.blocks,
    )


def _kind(content: bytes, media_type: str) -> str:
    """Return what the bytes are to be read as, whatever the server calls them."""
    if media_type == pdf.MEDIA_TYPE or pdf.is_pdf(content):
        return pdf.MEDIA_TYPE
    if docx.is_docx(content):
        return docx.MEDIA_TYPE
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise _unsupported(kind)
    if media_type in _HTML or media_type in _PLAIN:
        return media_type
    return _looks_like(content, media_type)


def _looks_like(content: bytes, media_type: str) -> str:
    if media_type and media_type != "application/octet-stream":
        raise _unsupported(media_type)
    start = content[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")):
        return "text/html"
    if b"\0" in content[:1024] or media_type:
        raise _unsupported(media_type or "application/octet-stream")
    return "text/html" if b"</" in content else "text/plain"


def _unsupported(media_type: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        _(
            "Pages of the kind %(kind)s are not read, only HTML, PDF, Word and plain text."
        ),
        media_type=media_type,
        facts={"kind": media_type},
    )
