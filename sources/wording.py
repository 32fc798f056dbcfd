"""What was found out, in the language and the time zone of whoever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext
from django.utils.translation import gettext as _

from sources.saying import SINCE, Fact, Sentence

# A name or an address reads in its own direction, whatever stands around it.
_ISOLATED = "\u2068%s\u2069"
_WRITTEN_IN = "en"


class Worded(str):
    """
    A sentence for people; a page marks it where it is in another language than the page.

    That is so of what was kept before sentences were kept apart from their facts.
    """

    __slots__ = ("foreign",)
    foreign: bool

    def __html__(self) -> SafeString:
        if self.foreign:
            return format_html('<span lang="en" dir="ltr">{}</span>', str(self))
        return escape(str(self))


def worded(sentence: Sentence) -> Worded:
    """Return a sentence in the language that is active."""
    own = (get_language() or _WRITTEN_IN).split("-")[0] == _WRITTEN_IN
    text = gettext(sentence.text) if sentence.text else ""
    told = Worded(_filled(text, sentence))
    told.foreign = bool(text) and not own and text == sentence.text
    return told


def within(told: str) -> str:
    """Return a sentence as it can stand inside one of the language that is active."""
    return _ISOLATED % told if isinstance(told, Worded) and told.foreign else told


def moment(at: datetime) -> str:
    """Return a moment: 26 November 2026, 14:10."""
    return date_format(timezone.localtime(at), _("j F Y, H:i"))


def _filled(text: str, sentence: Sentence) -> str:
    facts = sentence.facts
    if not facts:
        return text
    told = text % {name: _told(name, fact) for name, fact in facts.items()}
    if since := facts.get(SINCE):
        return _("%(sentence)s It has been so since %(since)s.") % {
            "sentence": told,
            "since": _told(SINCE, since),
        }
    return told


def _told(name: str, fact: Fact) -> str:
    if isinstance(fact, int):
        return number_format(fact, force_grouping=True)
    if not isinstance(fact, str):
        return _joined(fact)
    if name.endswith("_at"):
        return moment(datetime.fromisoformat(fact))
    return _ISOLATED % fact if get_language_bidi() else fact


def _joined(sentences: Sequence[str]) -> str:
    told = [gettext(each) for each in sentences]
    if len(told) == 1:
        return told[0]
    first, second = told
    return _("%(first)s and %(second)s") % {"first": first, "second": second}
