"""Reads bodies: JSON that has one meaning, text that is what it looks like."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError as NotPlain
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from config.api.refused import BodyRefused, Fault, pointer
from sources.api.refusals import TooLarge
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 32
MAX_MEMBERS = 100_000
MAX_DIGITS = 18  # what a column of integers holds, and no more
FAULTS_SHOWN = 20


class StrictJSONParser(BaseParser):
    """
    Reads a JSON object.

    Refuses what two readers could understand differently (RFC 7493): members given
    twice, NaN, numbers beyond any column, other encodings than UTF-8. A view reads
    more than 2 MiB when its `max_body_bytes` says so.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        view = (parser_context or {}).get("view")
        body = stream.read(_most(view) + 1)
        if len(body) > _most(view):
            raise too_large(view)
        data = _decoded(body)
        if not isinstance(data, dict):
            raise ParseError(
                _("The body has to be a JSON object: {…}."), "not_an_object"
            )
        if faults := _faults(data):
            raise BodyRefused(faults)
        return data


def too_large(view: Any) -> TooLarge:
    """Return the refusal of a body that this view does not read to its end."""
    return TooLarge(
        _("The body is larger than %(most)d KiB.") % {"most": _most(view) // 1024}
    )


def _most(view: Any) -> int:
    most: int = getattr(view, "max_body_bytes", MAX_BYTES)
    return most


def _decoded(body: bytes) -> Any:
    try:
        text = body.decode()
    except UnicodeDecodeError as exc:
        raise ParseError(
            _("The body is not UTF-8: look at byte %(place)d.") % {"place": exc.start},
            "not_utf8",
        ) from exc
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except RecursionError as exc:
        raise _too_deep() from exc
    except json.JSONDecodeError as exc:
        raise ParseError(
            _("The body is not JSON: %(what)s, line %(line)d column %(column)d.")
            % {"what": exc.msg, "line": exc.lineno, "column": exc.colno},
            "not_json",
        ) from exc


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # that is the point
        raise BodyRefused(
            [
                Fault(
                    pointer=pointer(twice),
                    code="duplicate_field",
                    detail=_("This field is given more than once."),
                )
            ]
        )
    return data


def _constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not a number in JSON.", "not_a_number")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS + 1:
        raise ParseError(
            _("A number in the body has too many digits."), "number_too_big"
        )
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ParseError(_("A number in the body is too big."), "number_too_big")
    return number


def _too_deep() -> ParseError:
    return ParseError(
        _("The body is nested deeper than %(levels)d levels.") % {"levels": MAX_DEPTH},
        "too_deep",
    )


@dataclass(frozen=True, slots=True)
class _Node:
    value: Any
    at: tuple[str, ...]


def _faults(data: dict[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    waiting, members = [_Node(data, ())], 0
    while waiting and len(faults) < FAULTS_SHOWN:
        node = waiting.pop()
        if len(node.at) > MAX_DEPTH:
            raise _too_deep()
        if isinstance(node.value, str):
            faults.extend(_hidden(node.value, node.at))
        elif isinstance(node.value, dict | list):
            members += len(node.value)
            if members > MAX_MEMBERS:
                raise ParseError(
                    _("The body has too many members."), "too_many_members"
                )
            waiting.extend(_children(node))
            for name in node.value if isinstance(node.value, dict) else ():
                faults.extend(_hidden(name, (*node.at, name)))
    return faults


def _hidden(text: str, at: tuple[str, ...]) -> Iterator[Fault]:
    try:
        plain(text)
    except NotPlain as exc:
        yield Fault(
            pointer=pointer(*at), code=exc.code or "not_plain", detail=exc.messages[0]
        )


def _children(node: _Node) -> Iterator[_Node]:
    if isinstance(node.value, dict):
        for name, value in node.value.items():
            yield _Node(value, (*node.at, name))
    else:
        for place, value in enumerate(node.value):
            yield _Node(value, (*node.at, str(place)))
