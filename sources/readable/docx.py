"""A Word document to its paragraphs, and what it says about itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate

from sources.errors import UnsupportedMedia
from sources.saying import gettext_noop as _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 24 * 1024 * 1024  # of one part; a book of 900 pages has 10
MAX_CHARACTERS = 2_000_000
MAX_PARTS = 5_000

_BODY, _ABOUT = "word/document.xml", "docProps/core.xml"
_CHUNK = 64 * 1024
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORDS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CORE = "http://purl.org/dc/elements/1.1/"
_BREAKS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
# What was struck out, and the second copy of what older programs are shown.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a Word document says. Empty where it is silent."""

    title: str
    author: str
    blocks: tuple[str, ...]  # by paragraph; those of tables among them


def is_docx(content: bytes) -> bool:
    """Say whether bytes are a Word document, whatever they are called."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(io.BytesIO(content)) as package:
            return _BODY in package.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def read_docx(content: bytes) -> Document:
    """
    Read a Word document whole; headers, footers, notes and comments are left out.

    Nothing that it names elsewhere is opened, and no part is unpacked beyond
    MAX_UNPACKED_BYTES. Raises UnsupportedMedia, with a sentence, for one that is
    damaged, locked, too large or without any text.
    """
    if len(content) > MAX_BYTES:
        raise _refused(
            _("The Word document is larger than %(megabytes)s MB."),
            megabytes=MAX_BYTES // 1024**2,
        )
    body, about = _Body(), _About()
    try:
        with ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if len(names) > MAX_PARTS:
                raise _refused(_("The Word document takes too long to read."))
            _parse(package, _BODY, body)
            if _ABOUT in names:
                _parse(package, _ABOUT, about)
    except (BadZipFile, BadDeflate, ExpatError, KeyError, ValueError) as error:
        raise _refused(_("The Word document is damaged.")) from error
    except (NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _refused(_("The Word document is damaged or locked.")) from error
    blocks = tuple(_clean(body.blocks))
    if not any(character.isalnum() for block in blocks for character in block):
        raise _refused(_("The Word document holds no text."))
    title = " ".join(about.found.get("title", "").split())[:500]
    author = " ".join(about.found.get("creator", "").split())[:300]
    return Document(title=title, author=author, blocks=blocks)


class _Body:
    """Collects the paragraphs of the body as its parts come by."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._paragraphs: list[list[str]] = []  # those of a text box lie in another
        self._unseen = 0
        self._in_text = False
        self._size = 0

    def opened(self, space: str, name: str) -> None:
        if name in _UNSEEN:
            self._unseen += 1
        if space not in {_WORDS, _STRICT_WORDS}:
            return
        if name == "p":
            self._paragraphs.append([])
        elif name == "t":
            self._in_text = not self._unseen
        elif name in _BREAKS and self._paragraphs and not self._unseen:
            self._paragraphs[-1].append(_BREAKS[name])

    def closed(self, space: str, name: str) -> None:
        if name in _UNSEEN:
            self._unseen -= 1
        if space not in {_WORDS, _STRICT_WORDS}:
            return
        if name == "t":
            self._in_text = False
        elif name == "p" and self._paragraphs:
            self.blocks.append("".join(self._paragraphs.pop()))

    def text(self, characters: str) -> None:
        if not self._in_text or not self._paragraphs:
            return
        self._size += len(characters)
        if self._size > MAX_CHARACTERS:
            raise _refused(_("The Word document takes too long to read."))
        self._paragraphs[-1].append(characters)


class _About:
    """Collects what a document says about itself."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""

    def opened(self, space: str, name: str) -> None:
        self._name = name if space == _CORE else ""

    def closed(self, _space: str, _name: str) -> None:
        self._name = ""

    def text(self, characters: str) -> None:
        if self._name and len(self.found.get(self._name, "")) < MAX_PARTS:
            self.found[self._name] = self.found.get(self._name, "") + characters


def _parse(package: ZipFile, name: str, into: _Body | _About) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def declared(*_declaration: object) -> None:
        # A document has none; whoever declares entities wants them to multiply.
        raise _refused(_("The Word document is damaged."))

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda tag, _attributes: into.opened(*_named(tag))
    parser.EndElementHandler = lambda tag: into.closed(*_named(tag))
    parser.CharacterDataHandler = into.text
    with package.open(name) as part:
        for chunk in _bounded(part):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
    parser.Parse(b"", True)  # noqa: FBT003


def _named(tag: str) -> tuple[str, str]:
    space, _separator, name = tag.rpartition(" ")
    return space, name


def _bounded(part: IO[bytes]) -> Iterator[bytes]:
    """Unpack piece by piece: what the package says of its sizes may be a lie."""
    size = 0
    while chunk := part.read(_CHUNK):
        size += len(chunk)
        if size > MAX_UNPACKED_BYTES:
            raise _refused(_("The Word document takes too long to read."))
        yield chunk


def _clean(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        kept = " ".join(block.encode("utf-8", "replace").decode().split())
        if kept:
            yield kept


def _refused(text: str, **facts: Any) -> UnsupportedMedia:  # Any: what texts name
    return UnsupportedMedia(text, media_type=MEDIA_TYPE, facts=facts)
