"""Statements told in the writer's grammar, without quotation marks around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.asides import according_to, in_passing
from claims.extraction.draft import Draft
from claims.extraction.nouns import of_adjective, of_noun
from claims.extraction.verbs import of_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc


def told(doc: Doc) -> Iterator[Draft]:
    """Give every statement that the grammar of a paragraph shows; they overlap."""
    for token in doc:
        if token.lower_ == "according":
            yield from according_to(token)
        elif token.pos_ in {"VERB", "AUX"}:
            yield from of_verb(token)
            yield from in_passing(token)
        elif token.pos_ == "NOUN":
            yield from of_noun(token)
        elif token.pos_ == "ADJ":
            yield from of_adjective(token)
