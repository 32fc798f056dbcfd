"""The same letters, in folded text: nothing here is approximate but the context."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz

from sources.quote.aligning import Likeness
from sources.quote.folding import UNSPACED, Folded

MAX_TRIES = 20_000  # occurrences of the first part that are looked at
MAX_PLACES = 500  # and those that are compared by their surroundings
MAX_LEFT_OUT = 2_000  # characters that an ellipsis can stand for
CONTEXT = 64  # characters of it that are compared
NEAREST = 32  # characters of one side alone, letter for letter
_MOST_OCCURRENCES = 20  # of it
_ALIKE = 50.0  # per cent of the letters of what stands beside it
_PER_WORD = 12.0  # that it has more or less than were cited
_MORE_WORDS = 2  # than were cited, that may stand there now
_FEW_WORDS = 8  # more of them are known again by themselves

_ELLIPSIS = re.compile(r" ?(?:[\[(] ?\.(?: ?\.){2,} ?[\])]|\.(?: ?\.){2,}) ?")
_WORDS = re.compile(r"\w+")
_UNBROKEN = re.compile(r"\S+")
_TOKEN = re.compile(r"\w+|[^\w ]| ")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_TURNING = re.compile(r"(?:^|[^\w])(?:non|not|no|never|un|anti|dis|in|im|ex)-$")
_TURNED = re.compile(r"-(?:free|less|proof)\b")
_APOSTROPHES = "'’ʼ‘`´"
_MINUS = "-−"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of folded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stood around the words when they were cited, folded."""

    before: str
    after: str

    @property
    def given(self) -> bool:
        """Whether any is known."""
        return bool(self.before or self.after)

    def likeness(self, text: str, span: Span | Likeness) -> float:
        """Say how well the surroundings fit, from 0 to 100; 100 if none is known."""
        before, after = self.before[-CONTEXT:], self.after[:CONTEXT]
        if not before and not after:
            return 100.0
        left = text[max(0, span.start - len(before) - 2) : span.start].strip()
        right = text[span.end : span.end + len(after) + 2].strip()
        size = len(before) + len(after)
        fits = len(before) * fuzz.ratio(before, left) + len(after) * fuzz.ratio(
            after, right
        )
        return fits / size


def parts_of(needle: str) -> list[str]:
    """Split folded words at each ellipsis; at least one part."""
    parts = [part.strip() for part in _ELLIPSIS.split(needle)]
    worded = [part for part in parts if any(c.isalnum() for c in part)]
    return worded or [needle]


def stands(parts: list[str], page: Folded, context: Context) -> Span | None:
    """Return where all parts stand in order, at the place that fits best."""
    spans = islice(_in_order(parts, page), MAX_PLACES)
    return max(spans, key=lambda span: context.likeness(page.text, span), default=None)


def beside(parts: list[str], page: Folded, context: Context) -> Likeness | None:
    """
    Return what stands between the very surroundings the words were cited from.

    Both must be there letter for letter, and near enough to each other.
    """
    before, after = context.before[-CONTEXT:], context.after[:CONTEXT]
    if min(len(before), len(after)) < 12:
        return None
    needle = " ".join(parts)
    longest = 2 * len(needle) + 40
    at = page.text.find(before)
    while at >= 0:
        start = at + len(before)
        end = page.text.find(after, start, start + longest + len(after))
        between = page.text[start:end].strip() if end >= 0 else ""
        if between:
            start = page.text.index(between, start)
            similarity = fuzz.ratio(needle, between)
            if similarity >= 40:
                return Likeness(
                    start=start, end=start + len(between), similarity=similarity
                )
        at = page.text.find(before, at + 1)
    return None


def beside_one(parts: list[str], page: Folded, context: Context) -> Likeness | None:
    """
    Return what stands next to what was on one side of the words, if it is like them.

    For few words, of which an edit leaves too little to know them by, where the other
    side was edited as well or is not known. One of the words has to be there still.
    """
    needle = " ".join(parts)
    number, longest = len(needle.split()), 2 * len(needle) + 40
    if number > _FEW_WORDS:
        return None
    words = set(_WORDS.findall(needle))
    found = [
        Likeness(start=start, end=end, similarity=fuzz.ratio(needle, there))
        for start, end in _next_to(context, page.text, most=number + _MORE_WORDS)
        if end - start <= longest
        for there in [page.text[start:end]]
        if not words.isdisjoint(_WORDS.findall(there))
    ]

    def fits(likeness: Likeness) -> float:
        # One word for another looks less like than to leave it out.
        there = len(page.text[likeness.start : likeness.end].split())
        return likeness.similarity - _PER_WORD * abs(there - number)

    best = max(found, key=fits, default=None)
    return best if best is not None and best.similarity >= _ALIKE else None


def _next_to(context: Context, text: str, *, most: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of so many words at most, right after and right before."""
    before, after = context.before[-NEAREST:], context.after[:NEAREST]
    if len(before) == NEAREST:
        for at in _occurrences(before, text):
            words = list(islice(_UNBROKEN.finditer(text, at + NEAREST), most))
            yield from ((words[0].start(), word.end()) for word in words)
    if len(after) == NEAREST:
        for at in _occurrences(after, text):
            words = list(_UNBROKEN.finditer(text, max(0, at - 30 * most), at))[-most:]
            yield from ((word.start(), words[-1].end()) for word in words)


def _occurrences(piece: str, text: str) -> Iterator[int]:
    found = re.finditer(re.escape(piece), text)
    return (match.start() for match in islice(found, _MOST_OCCURRENCES))


def _in_order(parts: list[str], page: Folded) -> Iterator[Span]:
    patterns = [_pattern(part, page.text) for part in parts]
    if not all(pattern.search(page.text) for pattern in patterns):
        return
    first, *others = patterns
    # A single word left of an ellipsis is found somewhere on any page: the shorter
    # a part, the nearer it must stand.
    reaches = [
        min(MAX_LEFT_OUT, 60 * min(len(one), len(two))) for one, two in pairwise(parts)
    ]
    for match in islice(first.finditer(page.text), MAX_TRIES):
        if not _whole(match, page):
            continue
        end: int | None = match.end()
        for pattern, reach in zip(others, reaches, strict=True):
            if end is not None:
                end = _next_end(pattern, page, after=end, reach=reach)
        if end is not None:
            yield Span(match.start(), end)


def _next_end(
    pattern: re.Pattern[str], page: Folded, *, after: int, reach: int
) -> int | None:
    for match in pattern.finditer(page.text, after):
        if match.start() > after + reach:
            return None
        if _whole(match, page):
            return match.end()
    return None


def _pattern(part: str, text: str) -> re.Pattern[str]:
    """
    Match the part letter for letter.

    Only a space beside a mark may come or go ("areas , he" for "areas, he"), and a
    reference number in brackets may stand after a word or mark, as it does in
    encyclopedias.
    """
    if part in text:
        return re.compile(re.escape(part))
    tokens = _TOKEN.findall(part)
    pieces: list[str] = []
    for index, token in enumerate(tokens):
        last = tokens[index - 1] if index else ""
        if token.isspace():
            following = tokens[index + 1] if index + 1 < len(tokens) else ""
            loose = not (_is_word(last) and _is_word(following))
            pieces.append(_REFERENCE + (" ?" if loose else " "))
        else:
            if last and last != " " and not _joined(last, token, tokens, index):
                pieces.append(_REFERENCE + " ?")
            pieces.append(re.escape(token))
    return re.compile("".join(pieces))


_REFERENCE = r"(?: ?\[\d{1,3}\])*"


def _is_word(token: str) -> bool:
    return token[:1].isalnum()


def _joined(last: str, mark: str, tokens: list[str], index: int) -> bool:
    """Say whether no space may come between: "1.5", "3%", "$5", "-5", "don't"."""
    second = tokens[index - 2] if index > 1 else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    if any(c.isdigit() for c in second + last + mark + following):
        return True
    if mark == '"':
        return _is_word(last) and _is_word(following)
    return last == '"' and _is_word(second) and _is_word(mark)


def _whole(match: re.Match[str], page: Folded) -> bool:
    """Say whether a match begins and ends where words and numbers do."""
    return _begins(match.start(), page) and _ends(match.end(), page)


def _begins(start: int, page: Folded) -> bool:
    text = page.text
    if start == 0 or not text[start].isalnum() or _UNSPACED.match(text[start]):
        return True
    last = text[start - 1]
    if last.isalnum() or last == "_":
        return bool(_UNSPACED.match(last))
    if text[start].isdigit():
        if last in ".,:/" and start > 1 and text[start - 2].isdigit():
            return False
        if last == "-" and (start == 1 or text[start - 2] in ' ("'):
            return page.original[page.start(start - 1)] not in _MINUS
    return not (last == "-" and _TURNING.search(text[max(0, start - 8) : start]))


def _ends(end: int, page: Folded) -> bool:
    text = page.text
    if (
        end >= len(text)
        or not text[end - 1].isalnum()
        or _UNSPACED.match(text[end - 1])
    ):
        return True
    following, after = text[end], text[end + 1 : end + 2]
    if following.isalnum() or following == "_" or unicodedata.combining(following):
        return bool(_UNSPACED.match(following))
    if text[end - 1].isdigit() and following in ".,:/" and after.isdigit():
        return False
    if following == '"' and after.isalpha():
        return page.original[page.start(end)] not in _APOSTROPHES
    return not _TURNED.match(text, end)
