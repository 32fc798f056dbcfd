"""Google's `fields`: which members of an answer are wanted."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail

from sources.api.refusals import QueryRefused

# What is wanted below each member; of an empty one everything.
Mask = dict[str, "Mask"]

DEEPEST = 10
_TOKENS = re.compile(r"\s*([A-Za-z]\w*|[*/(),])")


def read(text: str) -> Mask:
    """Return the mask of «claims(text,claimReview/url)». Raises QueryRefused."""
    tokens, at = [], 0
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            raise _refused()
        tokens.append(found[1])
        at = found.end()
    mask, rest = _members(tokens, deep=0)
    if rest:
        raise _refused()
    return mask


def masked(answer: Any, mask: Mask) -> Any:
    """Return what the mask leaves of an answer."""
    if not mask:
        return answer
    if isinstance(answer, list):
        return [masked(each, mask) for each in answer]
    if not isinstance(answer, dict):
        return answer
    return {
        name: masked(value, mask.get(name, mask.get("*", {})))
        for name, value in answer.items()
        if name in mask or "*" in mask
    }


def _members(tokens: list[str], *, deep: int) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        path, below, tokens = _member(tokens, deep=deep)
        inner = mask
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = {**inner.get(path[-1], {}), **below}
        if tokens[:1] != [","]:
            return mask, tokens
        tokens = tokens[1:]


def _member(tokens: list[str], *, deep: int) -> tuple[list[str], Mask, list[str]]:
    if deep > DEEPEST:
        raise _refused()
    path: list[str] = []
    while True:
        if not tokens or tokens[0] in {"/", "(", ")", ","} or len(path) > DEEPEST:
            raise _refused()
        path.append(tokens[0])
        tokens = tokens[1:]
        if tokens[:1] != ["/"]:
            break
        tokens = tokens[1:]
    if tokens[:1] != ["("]:
        return path, {}, tokens
    below, tokens = _members(tokens[1:], deep=deep + 1)
    if tokens[:1] != [")"]:
        raise _refused()
    return path, below, tokens[1:]


def _refused() -> QueryRefused:
    detail = _("Name members like this: claims(text,claimReview/url),nextPageToken.")
    return QueryRefused({"fields": [ErrorDetail(detail, code="invalid")]})
