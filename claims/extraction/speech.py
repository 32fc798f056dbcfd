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
from claims.extraction.times import time_told

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_STOPS = frozenset({".", "!", "?", "…"})
_SIGNED = re.compile(r"\s*(?:[-–—―]|--)\s*(?=[A-Z])")
NEAR_WORDS = 8  # how far from a cue its speaker is looked for without grammar
SIGNATURE_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Page:
    """A paragraph with its parse and its quotations."""

    text: str
    doc: Doc
    quoted: Sequence[Quotation]

    def before(self, number: int) -> Stretch:
        """From the quotation before this one, or the start of the paragraph."""
        return Stretch(
            self.quoted[number - 1].end if number else 0, self.quoted[number].start
        )

    def after(self, number: int) -> Stretch:
        """Up to the quotation after this one, or the end of the paragraph."""
        last = number + 1 == len(self.quoted)
        end = len(self.text) if last else self.quoted[number + 1].start
        return Stretch(self.quoted[number].end, end)

    def tokens(self, stretch: Stretch) -> list[Token]:
        return [token for token in self.doc if stretch.start <= token.idx < stretch.end]

    def first_sentence(self, stretch: Stretch) -> list[Token]:
        tokens = self.tokens(stretch)
        for place, token in enumerate(tokens):
            if token.text in _STOPS:
                return tokens[: place + 1]
        return tokens

    def last_sentence(self, stretch: Stretch) -> list[Token]:
        tokens = self.tokens(stretch)
        while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
            tokens.pop()
        for place in range(len(tokens) - 1, -1, -1):
            if tokens[place].text in _STOPS:
                return tokens[place + 1 :]
        return tokens


def spoken(text: str, doc: Doc, quoted: Sequence[Quotation]) -> list[Draft]:
    """Give each quotation of a paragraph that words of speech stand beside."""
    page = _Page(text, doc, quoted)
    drafts: list[Draft] = []
    for number, quotation in enumerate(quoted):
        if not ends_as_speech(text, quotation):
            continue
        if not _introduced(page, number):
            half = _half_quoted(page, number, drafts)
            drafts.extend([half] if half else [])
        elif drafts and _goes_on(page, drafts[-1], quotation):
            drafts[-1:] = _with_more(page, drafts[-1], quotation)
        elif draft := _said_after(page, number) or _said_before(page, number):
            drafts.append(draft)
    return drafts


def announcing(text: str, doc: Doc) -> Draft | None:
    """Find "She wrote:" at the end of a paragraph; the draft's piece is empty."""
    ending = text.rstrip()
    if not ending.endswith(":"):
        return None
    end = Quotation(len(ending), len(ending), len(ending), len(ending), closed=True)
    page = _Page(text, doc, [end])
    return _by(_speech_word(page.last_sentence(page.before(0))[::-1]), end)


def ends_as_speech(text: str, quotation: Quotation) -> bool:
    """Tell a sentence in quotation marks from a few words within another's."""
    inner = _inner(text, quotation)
    if not inner:
        return False
    return (
        not quotation.closed
        or inner[-1] in ",.!?…—–-"
        or text[quotation.end : quotation.end + 1] in {",", "."}
    )


def _inner(text: str, quotation: Quotation) -> str:
    return text[quotation.inner_start : quotation.inner_end].strip(" \"'“”‘’\xa0")


def _introduced(page: _Page, number: int) -> bool:
    """Tell whether a quotation opens a sentence, or words of speech lead to it."""
    before = page.text[slice(*page.before(number))].rstrip()
    return before[-1:] in {",", ":", ""} or bool(_SENTENCE_END.search(before))


def _goes_on(page: _Page, last: Draft, quotation: Quotation) -> bool:
    """Tell whether what leads to a quotation is the last one's own "he said"."""
    if last.cue.start < last.covering.start:
        between = Stretch(last.covering.end, quotation.start)
        return not page.text[slice(*between)].strip()
    # The cue's whole sentence, title quotations ("on 'Good Morning'") included.
    between = Stretch(last.covering.end, quotation.start)
    sentence = page.last_sentence(between)
    if page.text[: quotation.start].rstrip()[-1:] in {",", ":"}:
        sentence = [said] if (said := _speech_word(sentence[::-1])) else []
    return any(token.idx == last.cue.start for token in sentence)


def _with_more(page: _Page, draft: Draft, quotation: Quotation) -> list[Draft]:
    """Add a piece; after a comma, a whole new sentence is a statement of its own."""
    more = Stretch(quotation.start, quotation.end)
    led_by_comma = page.text[: quotation.start].rstrip().endswith(",")
    words = page.tokens(Stretch(quotation.inner_start, quotation.end))
    if led_by_comma and words and _starts_anew(words[0]):
        return [draft, replace(draft, pieces=(more,))]
    return [replace(draft, pieces=(*draft.pieces, more))]


def _starts_anew(first: Token) -> bool:
    return first.is_title and first.pos_ != "PROPN" and first.text != "I"


def _half_quoted(page: _Page, number: int, drafts: list[Draft]) -> Draft | None:
    """Find: It was "a stone," he said; the statement starts with the sentence."""
    start = drafts[-1].covering.end if drafts else 0
    before = Stretch(start, page.quoted[number].start)
    sentence = page.last_sentence(before)
    draft = _said_after(page, number)
    if draft is None or not sentence or _speech_word(sentence) is not None:
        return None
    if _says_more(page, draft):
        return None
    end = page.quoted[number].end
    return replace(draft, pieces=(Stretch(sentence[0].idx, end),))


def _says_more(page: _Page, draft: Draft) -> bool:
    """Tell "On 'Hannity,' he said that …" from words that end with "he said"."""
    return any(
        child.dep_ in {"ccomp", "xcomp", "dobj", "oprd"}
        for cue in page.tokens(draft.cue)
        for child in cue.rights
    )


def _said_after(page: _Page, number: int) -> Draft | None:
    quotation, after = page.quoted[number], page.after(number)
    behind = page.text[slice(*after)]
    if signed := _SIGNED.match(behind):
        return _signed(page, quotation, after.start + signed.end())
    inner = _inner(page.text, quotation)
    opening = behind.lstrip()[:1]
    if inner[-1:] in {".", "…"} and not (opening.islower() or opening == ","):
        return None
    return _by(_speech_word(page.first_sentence(after)), quotation)


def _said_before(page: _Page, number: int) -> Draft | None:
    sentence = page.last_sentence(page.before(number))
    quotation = page.quoted[number]
    return _by(_speech_word(sentence[::-1]), quotation) or _announced(
        page, quotation, sentence
    )


def _announced(
    page: _Page, quotation: Quotation, sentence: Sequence[Token]
) -> Draft | None:
    """Find: Jane Doe: "…"."""
    before = page.text[: quotation.start].rstrip()
    if not before.endswith(":") or not 0 < len(sentence) <= SIGNATURE_WORDS:
        return None
    if any(token.pos_ in {"VERB", "AUX"} for token in sentence):
        return None
    named = next((t for t in reversed(sentence) if t.pos_ == "PROPN"), None)
    if named is None:
        return None
    return Draft(
        pieces=(Stretch(quotation.start, quotation.end),),
        cue=Stretch(len(before) - 1, len(before)),
        source=mention(named),
        speaker=named,
        construction="announced",
    )


def _signed(page: _Page, quotation: Quotation, start: int) -> Draft | None:
    """Find: "…" — Jane Doe."""
    tokens = page.tokens(Stretch(start, len(page.text)))
    named = next((token for token in tokens if token.pos_ == "PROPN"), None)
    if named is None or len(tokens) > SIGNATURE_WORDS:
        return None
    while named.dep_ == "compound" and named.head in tokens:
        named = named.head
    return Draft(
        pieces=(Stretch(quotation.start, quotation.end),),
        cue=Stretch(quotation.end, start),
        source=mention(named),
        speaker=named,
        construction="signature",
    )


def _speech_word(tokens: Sequence[Token]) -> Token | None:
    said = [
        token
        for token in tokens
        if token.lower_ in SPEECH_FORMS
        or (token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in SPEECH)
    ]
    return next((token for token in said if token.dep_ != "relcl"), None) or next(
        iter(said), None
    )


def _by(cue: Token | None, quotation: Quotation) -> Draft | None:
    if cue is None:
        return None
    speaker = speaker_of(cue)
    if speaker is None or quotation.holds(speaker.idx):
        speaker = _subject_of_sentence(cue) if cue.tag_ == "VBG" else None
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
        said=time_told(cue),
    )


def _subject_of_sentence(cue: Token) -> Token | None:
    return speaker_of(cue.sent.root)


def _nearest_name(cue: Token, quotation: Quotation) -> Token | None:
    """Return the noun next to the cue, where the parse went astray."""
    near = cue.doc[max(0, cue.i - NEAR_WORDS) : cue.i + NEAR_WORDS + 1]
    nouns = [
        token
        for token in near
        if token.pos_ in {"PROPN", "NOUN", "PRON"}
        and token.dep_ not in {"compound", "poss", "pobj"}
        and token.sent == cue.sent
        and not quotation.holds(token.idx)
    ]
    return min(nouns, key=lambda token: abs(token.i - cue.i), default=None)
