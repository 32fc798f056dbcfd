"""What Google's clients may ask, and the token that leads from page to page."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from sources.api import asking
from sources.api.refusals import QueryRefused
from sources.api.shapes import One, Words

PAGE_SIZE, MOST = 10, 100
TOKEN_MAX_CHARACTERS = 500
LANGUAGE = r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*\Z"
SITE = r"^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\.)+[A-Za-z0-9-]{2,63}\Z"

# Sent along by Google's clients; who asks is told the same with or without them.
IGNORED = frozenset(
    {
        "key",
        "access_token",
        "oauth_token",
        "quotaUser",
        "uploadType",
        "upload_protocol",
        "$.xgafv",
    }
)
# Say how an answer is written, and may differ from page to page.
_OF_THE_FORM = frozenset({"pageToken", "alt", "prettyPrint", "fields"})

_SALT = "counterclaim.google.page"
_SEPARATOR = re.compile(r"_([a-z])")


class Number(serializers.IntegerField):
    """A number of 32 bits that is not negative, in plain digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", str(data)):
            self.fail("invalid")
        number: int = super().to_internal_value(data)
        return number


class SearchQuery(asking.Query):
    """Which fact-checked claims."""

    query = asking.Term(allow_blank=True)
    languageCode = serializers.RegexField(LANGUAGE, max_length=35, required=False)
    reviewPublisherSiteFilter = serializers.RegexField(
        SITE, max_length=253, required=False, allow_blank=True
    )
    maxAgeDays = Number()
    pageSize = Number(default=PAGE_SIZE)
    pageToken = Words(required=False, allow_blank=True, max_length=TOKEN_MAX_CHARACTERS)
    offset = Number(default=0)
    alt = One(choices=["json"], required=False)
    prettyPrint = One(choices=["true", "false", "1", "0"], default="true")
    # The framework takes it off the class, whose own `fields` stays as it is.
    fields = Words(  # type: ignore[assignment]
        required=False, max_length=asking.WORDS_MAX_CHARACTERS
    )


def read(parameters: QueryDict) -> dict[str, Any]:
    """
    Return what was asked. Raises QueryRefused, which names the parameter.

    Names may be written as JSON does or with underscores, as Google takes them.
    """
    named = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if name not in IGNORED:
            written = _SEPARATOR.sub(lambda found: found[1].upper(), name)
            named.setlist(written, named.getlist(written) + values)
    asked = asking.read(SearchQuery, named)
    if not asked.get("query") and not asked.get("reviewPublisherSiteFilter"):
        raise _refused(
            "query",
            _("Give a query, or reviewPublisherSiteFilter: one of them is needed."),
        )
    # Whoever asks for none gets the usual, and for too many the most, as with Google.
    asked["pageSize"] = min(asked["pageSize"] or PAGE_SIZE, MOST)
    return asked


def token(asked: dict[str, Any], *, after: UUID) -> str:
    """Return what leads to the claims behind that one."""
    return signing.dumps({"a": after.hex, "q": _mark(asked)}, salt=_SALT)


def begun_after(asked: dict[str, Any]) -> UUID | None:
    """Return the claim that the page before ended with. Raises QueryRefused."""
    text = asked.get("pageToken")
    if not text:
        return None
    try:
        kept = signing.loads(text, salt=_SALT)
    except signing.BadSignature as exc:
        raise _refused("pageToken", _("Use a token as it was given out.")) from exc
    if kept["q"] != _mark(asked):
        raise _refused(
            "pageToken",
            _(
                "This token belongs to another query: leave the parameters as they were."
            ),
        )
    return UUID(hex=kept["a"])


def _mark(asked: dict[str, Any]) -> str:
    kept = sorted((name, asked[name]) for name in asked.keys() - _OF_THE_FORM)
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]


def _refused(name: str, detail: Any) -> QueryRefused:
    return QueryRefused({name: [ErrorDetail(str(detail), code="invalid")]})
