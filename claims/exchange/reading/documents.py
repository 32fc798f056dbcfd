"""JSON: records one by one, however many of them a document holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from claims.exchange.reading.files import File, guarded, lines, refused
from claims.exchange.record import EXCERPT_CHARACTERS, Fault
from sources.saying import gettext_noop as _

ITEM_MAX_CHARACTERS = 2 * 1024 * 1024
PIECE_CHARACTERS = 256 * 1024
_SPACE = " \t\r\n\ufeff"
# Where others keep their records.
_LISTS = ("@graph", "dataFeedElement", "itemListElement", "claims", "results")
_DIGITS_MOST = 18


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a document, or what is wrong with it."""

    number: int
    value: Any
    excerpt: str
    faults: tuple[Fault, ...] = ()


class Twofold(ValueError):
    """Two readers would understand it differently."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise Twofold("a member is given twice")
    return data


def _constant(name: str) -> Any:
    raise Twofold(f"{name} is no number in JSON")


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) <= _DIGITS_MOST else digits


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
)


def of_lines(file: File) -> Iterator[Found]:
    """Yield the values of NDJSON; a line that is none is a fault of its own."""
    number = 0
    with guarded():
        for line, cut in lines(file.text(), most=ITEM_MAX_CHARACTERS):
            words = line.strip(_SPACE)
            if not words:
                continue
            number += 1
            if cut:
                yield Found(number, None, _shown(words), (_too_large(),))
                continue
            yield _one(number, words)


def _one(number: int, words: str) -> Found:
    try:
        value = _decoder.decode(words)
    except (ValueError, RecursionError) as exc:
        return Found(number, None, _shown(words), (_no_json(exc),))
    return Found(number, value, _shown(words))


def _shown(words: str) -> str:
    return words[:EXCERPT_CHARACTERS]


def of_document(file: File) -> Iterator[Found]:
    """Yield the records of one JSON document. Raises ImportRefused, also on the way."""
    with guarded():
        scanner = _Scanner(file.text())
        for number, (value, words) in enumerate(scanner.records(), start=1):
            yield Found(number, value, words)


class _Scanner:
    """Takes a document apart, one record at a time."""

    def __init__(self, text: IO[str]) -> None:
        self._text, self._piece, self._at, self._is_read = text, "", 0, False
        self._line = 1

    def records(self) -> Iterator[tuple[Any, str]]:
        opening = self._next()
        if opening == "[":
            yield from self._items()
        elif opening == "{":
            yield from self._members()
        else:
            raise self._broken()
        if self._next():
            raise self._broken()

    def _items(self) -> Iterator[tuple[Any, str]]:
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            self._next()
            yield self._value()
            if self._next() == "]":
                break
            self._take(",")
        self._take("]")

    def _members(self) -> Iterator[tuple[Any, str]]:
        """Yield what stands in the list of an object, or else the object itself."""
        self._take("{")
        head: dict[str, Any] = {}
        listed = False
        while self._next() != "}":
            if head or listed:
                self._take(",")
            self._next()
            name, _words = self._value()
            self._next()
            self._take(":")
            if not isinstance(name, str) or name in head:
                raise self._broken()
            if name in _LISTS and self._next() == "[":
                head[name], listed = None, True
                yield from self._items()
            else:
                self._next()
                head[name], _words = self._value()
        self._take("}")
        if not listed:
            yield head, _shown(json.dumps(head, ensure_ascii=False))

    def _next(self) -> str:
        """Return the next character that is no space; nothing at the end."""
        while True:
            while self._at < len(self._piece):
                if (character := self._piece[self._at]) not in _SPACE:
                    return character
                self._at += 1
            if not self._read_on():
                return ""

    def _read_on(self) -> bool:
        more = "" if self._is_read else self._text.read(PIECE_CHARACTERS)
        self._is_read = self._is_read or not more
        self._line += self._piece.count("\n", 0, self._at)
        self._piece, self._at = self._piece[self._at :] + more, 0
        return bool(more)

    def _take(self, character: str) -> None:
        if self._next() != character:
            raise self._broken()
        self._at += 1

    def _value(self) -> tuple[Any, str]:
        while True:
            try:
                value, end = _decoder.raw_decode(self._piece, self._at)
            except RecursionError as exc:
                raise self._broken("too_deep") from exc
            except Twofold as exc:
                raise self._broken("twofold") from exc
            except ValueError as exc:
                if len(self._piece) - self._at > ITEM_MAX_CHARACTERS:
                    raise self._broken("record_too_large") from exc
                if not self._read_on():
                    raise self._broken() from exc
                continue
            # A number may go on in the next piece.
            if end == len(self._piece) and self._read_on():
                continue
            words = _shown(self._piece[self._at : self._at + EXCERPT_CHARACTERS])
            self._at = end
            return value, words

    def _broken(self, code: str = "not_json") -> Exception:
        problem, advice = _BROKEN[code]
        line = self._line + self._piece.count("\n", 0, self._at)
        return refused(code, problem, advice, line=line)


_BROKEN = {
    "not_json": (
        _("The file is no JSON that can be read: look at line %(line)s."),
        _("Have a program check it, or give one record a line (NDJSON)."),
    ),
    "too_deep": (
        _("What begins in line %(line)s is nested too deep."),
        _("A ClaimReview has a few levels. Take the others out."),
    ),
    "twofold": (
        _("What begins in line %(line)s has a member twice, or a number that is none."),
        _("Give each member once. NaN and Infinity are no numbers in JSON."),
    ),
    "record_too_large": (
        _("What begins in line %(line)s is too large, or does not end."),
        _("Look for a bracket or a quotation mark that is not closed."),
    ),
}


def _no_json(exc: Exception) -> Fault:
    if isinstance(exc, RecursionError):
        return Fault(
            field="",
            code="too_deep",
            problem=_("This line is nested too deep."),
            advice=_("A ClaimReview has a few levels. Take the others out."),
        )
    if isinstance(exc, Twofold):
        return Fault(
            field="",
            code="twofold",
            problem=_("A member is given twice, or a number is none."),
            advice=_("Give each member once. NaN and Infinity are no numbers in JSON."),
        )
    return Fault(
        field="",
        code="not_json",
        problem=_("This line is no JSON."),
        advice=_("Have each line hold one record, whole."),
    )


def _too_large() -> Fault:
    return Fault(
        field="",
        code="record_too_large",
        problem=_("This line is too large for one record."),
        advice=_("Have each line hold one record, whole."),
    )
