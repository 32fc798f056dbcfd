"""Quotations that stand by themselves beside words of speech: "…," she said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.extraction.cues import SPEECH, SPEECH_FORMS
from claims.extraction.draft import Draft, Stretch
from claims.extraction.quotations import Quotation
from claims.extraction.sources import mention, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class _Beside:
    """The words between two quotations, or between one and the paragraph's edge."""

    start: int
    end: int
    text: str

    @property
    def ends_sentence(self) -> bool:
        return not self.text.strip() or bool(_SENTENCE_END.search(self.text))


def spoken(text: str, doc: Doc, quoted: Sequence[Quotation]) -> list[Draft]:
    """Give each quotation of a paragraph that words of speech stand beside."""
    drafts: list[Draft] = []
    last: Draft | None = None
    for number, quotation in enumerate(quoted):
        before = _gap(text, quoted, number)
        after = _gap(text, quoted, number + 1)
        draft = None
        if ends_as_speech(text, quotation) and not introduced(before):
            draft = _from_sentence_start(
                _said_after(text, doc, quotation, after), doc, quotation, before
            )
        elif ends_as_speech(text, quotation):
            if last is not None and _goes_on(doc, last, before):
                drafts[-1] = last = _with_piece(last, quotation)
                continue
            draft = _said_after(text, doc, quotation, after) or _said_before(
                doc, quotation, before
            )
        if draft is not None:
            drafts.append(draft)
        last = draft
    return drafts


def ends_as_speech(text: str, quotation: Quotation) -> bool:
    """Tell a sentence in quotation marks from a few words within another's."""
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    if not inner:
        return False
    ended = inner[-1] in ",.!?…—–-" or text[quotation.end : quotation.end + 1] in {
        ",",
        ".",
    }
    return ended or not quotation.closed


def introduced(before: _Beside) -> bool:
    """Tell whether a quotation opens a sentence, or words of speech lead to it."""
    return before.text.rstrip()[-1:] in {",", ":", ""} or before.ends_sentence


def _from_sentence_start(
    draft: Draft | None, doc: Doc, quotation: Quotation, before: _Beside
) -> Draft | None:
    """Widen a half-quoted sentence to its first word: "It was," he said, "…"."""
    sentence = _last_sentence(doc, before)
    if draft is None or not sentence or draft.cue.start < quotation.start:
        return draft
    return replace(draft, pieces=(Stretch(sentence[0].idx, quotation.end),))


def _gap(text: str, quoted: Sequence[Quotation], number: int) -> _Beside:
    start = quoted[number - 1].end if number else 0
    end = quoted[number].start if number < len(quoted) else len(text)
    return _Beside(start, end, text[start:end])


def _goes_on(doc: Doc, last: Draft, before: _Beside) -> bool:
    """Tell whether the words before are the last quotation's own "he said"."""
    if not before.text.strip():
        return True
    said = _speech_word(_last_sentence(doc, before)[::-1])
    return said is not None and said.idx == last.cue.start


def _with_piece(draft: Draft, quotation: Quotation) -> Draft:
    return replace(
        draft, pieces=(*draft.pieces, Stretch(quotation.start, quotation.end))
    )


def _said_after(
    text: str, doc: Doc, quotation: Quotation, after: _Beside
) -> Draft | None:
    inner = text[quotation.inner_start : quotation.inner_end].rstrip()
    opening = after.text.lstrip()[:1]
    if inner[-1:] in {".", "…"} and not (opening.islower() or opening == ","):
        return None
    sentence = _first_sentence(doc, after)
    return _by(_speech_word(sentence), quotation, doc)


def _said_before(doc: Doc, quotation: Quotation, before: _Beside) -> Draft | None:
    sentence = _last_sentence(doc, before)
    return _by(_speech_word(sentence[::-1]), quotation, doc)


def _first_sentence(doc: Doc, beside: _Beside) -> list[Token]:
    tokens = _tokens(doc, beside)
    for place, token in enumerate(tokens):
        if token.text in {".", "!", "?"}:
            return tokens[: place + 1]
    return tokens


def _last_sentence(doc: Doc, beside: _Beside) -> list[Token]:
    tokens = _tokens(doc, beside)
    for place in range(len(tokens) - 2, -1, -1):
        if tokens[place].text in {".", "!", "?"}:
            return tokens[place + 1 :]
    return tokens


def _tokens(doc: Doc, beside: _Beside) -> list[Token]:
    return [token for token in doc if beside.start <= token.idx < beside.end]


def _speech_word(tokens: Sequence[Token]) -> Token | None:
    said = [
        token
        for token in tokens
        if token.lemma_.lower() in SPEECH or token.lower_ in SPEECH_FORMS
    ]
    return next((token for token in said if token.dep_ != "relcl"), None) or next(
        iter(said), None
    )


def _by(cue: Token | None, quotation: Quotation, doc: Doc) -> Draft | None:
    if cue is None:
        return None
    speaker = speaker_of(cue)
    if speaker is None or quotation.holds(speaker.idx):
        speaker = _nearest_name(cue, quotation)
    if speaker is None:
        return None
    return Draft(
        pieces=(Stretch(quotation.start, quotation.end),),
        cue=Stretch(cue.idx, cue.idx + len(cue)),
        source=mention(speaker),
        speaker=speaker,
        construction="speech",
    )


def _nearest_name(cue: Token, quotation: Quotation) -> Token | None:
    """Return the noun next to the cue, where the parse went astray."""
    near = cue.doc[max(0, cue.i - 8) : cue.i + 9]
    nouns = [
        token
        for token in near
        if token.pos_ in {"PROPN", "NOUN", "PRON"}
        and token.dep_ not in {"compound", "poss", "pobj"}
        and token.sent == cue.sent
        and not quotation.holds(token.idx)
    ]
    return min(nouns, key=lambda token: abs(token.i - cue.i), default=None)
