"""
The form of questions and answers. Pure: nothing is sent here.

An answer comes from a stranger, who may have been talked into anything by the text that
was read: it is taken apart strictly, and what does not fit is `WhyNot.RUBBISH`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from claims.errors import NoAnswer
from claims.vocabulary import WhyNot

MOST_CONTENT_CHARACTERS = 200_000
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_CHARACTERS_A_TOKEN = 3  # few, so that a day's budget is not overdrawn
_CUT_OFF = frozenset({"length", "content_filter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a model is asked: what to do, what with, and the form of its answer."""

    instructions: str
    data: str
    schema: Mapping[str, Any]  # Any: a JSON schema
    most_tokens: int  # of the answer

    @property
    def tokens(self) -> int:
        """Guess from above what it costs."""
        asked = len(self.instructions) + len(self.data)
        return asked // _CHARACTERS_A_TOKEN + self.most_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model wrote, and what it says that this cost."""

    content: str
    tokens: int | None


def body(question: Question, *, model: str, plain: bool) -> bytes:
    """
    Return the request; a plain one leaves out what some servers do not know.

    Those answer 400 to a format, a temperature or a limit.
    """
    fields: dict[str, Any] = {  # Any: JSON
        "model": model,
        "messages": [
            {"role": "system", "content": question.instructions},
            {"role": "user", "content": question.data},
        ],
    }
    if not plain:
        fields |= {
            "temperature": 0,
            "max_tokens": question.most_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {
                    "name": "answer",
                    "strict": True,
                    "schema": question.schema,
                },
            },
        }
    return json.dumps(fields, sort_keys=True).encode()


def reply_of(raw: bytes) -> Reply:
    """Take an answer of the endpoint apart. Raises NoAnswer."""
    told = _json(raw)
    try:
        choice = told["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        _rubbish()
    if not isinstance(content, str) or ended in _CUT_OFF:
        _rubbish()
    if len(content) > MOST_CONTENT_CHARACTERS:
        raise NoAnswer(WhyNot.TOO_LARGE)
    return Reply(content=content, tokens=_tokens(told))


def object_of(content: str) -> dict[str, Any]:  # Any: JSON, to be looked at
    """Return the JSON object that a model wrote. Raises NoAnswer."""
    fenced = _FENCED.fullmatch(content)
    told = _json(fenced[1] if fenced else content)
    if not isinstance(told, dict):
        _rubbish()
    return told


def list_in(told: Mapping[str, Any], name: str, *, most: int) -> list[Any]:
    """Return the list of that name, of at most so many. Raises NoAnswer."""
    found = told.get(name)
    if not isinstance(found, list) or len(found) > most:
        _rubbish()
    return found


def words_in(told: Mapping[str, Any], name: str, *, most: int) -> str:
    """Return the words of that name; nothing where they are no words, or too many."""
    found = told.get(name)
    if not isinstance(found, str) or len(found) > most:
        return ""
    return found.strip()


def share_in(told: Mapping[str, Any], name: str) -> float | None:
    """Return the number between 0 and 1 of that name; None where it is none."""
    found = told.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if 0 <= found <= 1 else None


def _json(written: bytes | str) -> Any:  # Any: JSON, to be looked at
    try:
        return json.loads(written, parse_constant=_constant)
    except (ValueError, RecursionError):
        _rubbish()


def _constant(_name: str) -> NoReturn:
    raise ValueError("not a number of JSON")  # NaN and Infinity


def _tokens(told: Mapping[str, Any]) -> int | None:
    usage = told.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if type(total) is int else None


def _rubbish() -> NoReturn:
    raise NoAnswer(WhyNot.RUBBISH)
