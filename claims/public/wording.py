"""How the pages put things into words."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from claims.search.published import MARK_BEGINS, MARK_ENDS
from claims.vocabulary import CitationRole, Precision
from sources.telling import Catch, Stance, stance
from sources.vocabulary import SourceState

if TYPE_CHECKING:
    from datetime import datetime

    from claims.models import Assessment, Claim
    from sources.models import Passage, Source

# The controls, the halves of pairs and the two that are no characters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the direction of what follows, over the end of a text too.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_DATE_FORMATS = {
    Precision.MINUTE: _("j F Y, H:i e"),
    Precision.DAY: "DATE_FORMAT",
    Precision.MONTH: "YEAR_MONTH_FORMAT",
    Precision.YEAR: "Y",
}

SOURCE_WORDS = {
    SourceState.PENDING: _("Not looked at yet"),
    SourceState.LIVE: _("On the web"),
    SourceState.MOVED: _("Moved to another address"),
    SourceState.BLOCKED: _("Closed to our workers"),
    SourceState.FAILING: _("Not answering"),
    SourceState.GONE: _("Gone from the web"),
}
_CATCHES = {
    Catch.UNREAD: _("Answers, but cannot be read here"),
    Catch.FEWER_VISITS: _("Asked for fewer visits"),
}
PASSAGE_WORDS = {
    Stance.INTACT: _("Words stand"),
    Stance.STOOD_TO_THE_END: _("Words stood while the page did"),
    Stance.STOOD_LAST: _("Words stood when last seen"),
    Stance.ALTERED: _("Words were changed"),
    Stance.NEVER_SO: _("Not the page's words"),
    Stance.MISSING: _("Words were removed"),
    Stance.NEVER_THERE: _("These words have not been found on the page"),
    Stance.UNKNOWN: _("Words not confirmed yet"),
}
ROLE_WORDS = {
    CitationRole.SAID_HERE: _("Said here"),
    CitationRole.EVIDENCE_FOR: _("Evidence for"),
    CitationRole.EVIDENCE_AGAINST: _("Evidence against"),
    CitationRole.CONTEXT: _("Context"),
}

_UNSAFE_IN_SCRIPT = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    ord("\u2028"): "\\u2028",
    ord("\u2029"): "\\u2029",
}


def source_words(source: Source, *, caught: Catch = Catch.NONE) -> str:
    """Return where a page stands, and what was caught of it last."""
    return str(_CATCHES.get(caught) or SOURCE_WORDS[SourceState(source.state)])


def passage_words(passage: Passage, *, seen: bool) -> str:
    """
    Return where watched words stand.

    Words that were `seen` once and cannot be looked for any more are not called
    unconfirmed: a copy of the page shows them. Those that never were have not been
    changed or removed by anybody.
    """
    return str(PASSAGE_WORDS[stance(passage, stood=seen)])


def said_when(said: Claim | Assessment) -> str:
    """Return when it was said, as exactly as that is known; empty if it is not."""
    if said.said_at is None:
        return ""
    exactly = _DATE_FORMATS[Precision(said.said_at_precision)]
    return date_format(said.said_at, str(exactly))


def day(moment: datetime) -> str:
    """Return the day of a moment."""
    return date_format(moment, "DATE_FORMAT")


def language(code: str) -> str:
    """Return what a language calls itself; its code where nobody knows."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def for_script(document: dict[str, Any]) -> SafeString:
    """Return JSON for a script element: nothing in it can close the element."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return mark_safe(text.translate(_UNSAFE_IN_SCRIPT))  # noqa: S308 — escaped above


def with_marks(text: str) -> SafeString:
    """Return escaped text, the words that search found in mark elements."""
    parts = [format_html("{}", text.partition(MARK_BEGINS)[0])]
    for piece in text.split(MARK_BEGINS)[1:]:
        found, _separator, rest = piece.partition(MARK_ENDS)
        parts.append(format_html("<mark>{}</mark>{}", found, rest))
    return mark_safe("".join(parts))  # noqa: S308 — each part is escaped


def shortened(text: str, *, most: int) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def in_xml(text: str) -> str:
    """Return text without the characters that XML has in no spelling."""
    return _NOT_IN_XML.sub("", text)


def apart(text: str) -> str:
    """
    Return text whose direction and that of the words around it leave each other alone.

    For where there are no elements to say so; elsewhere <bdi> does.
    """
    bare = _TURNS.sub("", text)
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in bare):
        return f"\u2068{bare}\u2069"
    return bare
