"""Each value of a row, weighed by the rules of the column that it is for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.exchange import dates
from claims.exchange.record import Fault, Page, Who
from claims.models import Assessment, Claim, Claimant
from claims.vocabulary import ClaimantKind, Precision
from sources.canonical import canonical
from sources.errors import AddressRefused
from sources.models.passage import EXACT_MAX_CHARACTERS
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain
from sources.reaching import refuse_closed
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import TextChoices

Choice = TypeVar("Choice", bound="TextChoices")

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_TOPICS_MOST = 50
_SCRIPTS = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "THAI": "th",
}
_LETTERS_LOOKED_AT = 40
_ADDRESS = URLValidator(schemes=["http", "https"])

DATE_ADVICE = {
    "unreadable": (
        _("This is no date that can be read: %(value)s"),
        _("Write it like 2026-03-14, 2026-03 or 2026."),
    ),
    "ambiguous": (
        _("This can be two days: %(value)s"),
        _("Write the year first, like 2026-03-14."),
    ),
    "out_of_range": (
        _("This date lies ahead, or too far back to be meant: %(value)s"),
        _("Look at the year. A date that is not known is left empty."),
    ),
}


def longest(model: Any, name: str) -> int:
    """Return how many characters the column holds."""
    return int(model._meta.get_field(name).max_length)


STATEMENT = longest(Claim, "statement")
NAME = longest(Claimant, "name")
ROLE = longest(Claim, "role_at_time")
RATING = longest(Assessment, "rating_text")
LANGUAGE = longest(Claim, "language")
TOPIC = 60


@dataclass(slots=True)
class Scales:
    """Weighs the values of one row, and remembers what was wrong with them."""

    now: datetime
    faults: list[Fault] = field(default_factory=list)

    def refuse(
        self, name: str, code: str, problem: str, advice: str, **facts: str | int
    ) -> None:
        """Remember a fault."""
        self.faults.append(
            Fault(field=name, code=code, problem=problem, advice=advice, facts=facts)
        )

    def text(self, name: str, value: Any, *, most: int) -> str:
        """Return words without hidden characters; empty where there are none."""
        if value is None:
            return ""
        if not isinstance(value, str):
            if isinstance(value, bool | dict | list):
                self.refuse(
                    name,
                    "not_text",
                    _("This is not text."),
                    _("Give words, in quotation marks where the file is JSON."),
                )
                return ""
            value = str(value)
        words: str = value.strip()
        if len(words) > most:
            self.refuse(
                name,
                "too_long",
                _("This has %(has)s characters; %(most)s are taken."),
                _("Shorten it."),
                has=len(words),
                most=most,
            )
            return ""
        return words if self._is_plain(name, words) else ""

    def _is_plain(self, name: str, words: str) -> bool:
        if words.isascii() and words.isprintable():
            return True
        try:
            plain(words)
        except ValidationError as exc:
            params = exc.params or {}
            self.refuse(
                name,
                "not_plain",
                _("There is a hidden character, U+%(point)s, at position %(at)s."),
                _("Remove it, or type the words anew."),
                point=str(params.get("point", "")),
                at=int(params.get("at", 0)),
            )
            return False
        return True

    def demanded(self, name: str, words: str) -> str:
        """Return words that have to be there."""
        if not words and not any(fault.field == name for fault in self.faults):
            self.refuse(
                name,
                "missing",
                _("This is empty, and it is needed."),
                _("Fill it in, or leave the row out."),
            )
        return words

    def moment(self, name: str, value: Any) -> tuple[datetime | None, Precision]:
        """Return a moment and how exactly it is known; none where nothing is given."""
        if isinstance(value, date):  # as a spreadsheet keeps it
            value = value.isoformat()
        words = self.text(name, value, most=200)
        if not words:
            return None, Precision.DAY
        try:
            return dates.read(words, now=self.now)
        except dates.NoDate as exc:
            problem, advice = DATE_ADVICE[exc.code]
            self.refuse(name, f"date_{exc.code}", problem, advice, value=words[:60])
            return None, Precision.DAY

    def one_of(self, name: str, value: Any, choices: type[Choice]) -> Choice | None:
        """Return the choice that is named; none where nothing is."""
        words = self.text(name, value, most=200)
        if not words:
            return None
        spelled = re.sub(r"[\s-]+", "_", words.casefold())
        try:
            return choices(spelled)
        except ValueError:
            self.refuse(
                name,
                "not_a_choice",
                _("This is none of the words that are known here: %(value)s"),
                _("Write one of these: %(choices)s."),
                value=words[:60],
                choices=", ".join(map(str, choices.values)),
            )
            return None

    def language(self, name: str, value: Any, *, of: str, otherwise: str) -> str:
        """Return the language that is named, or else that of the letters."""
        words = self.text(name, value, most=LANGUAGE)
        if not words:
            return _language_of(of) or otherwise
        if not _LANGUAGE.fullmatch(words):
            self.refuse(
                name,
                "not_a_language",
                _("This is no code of a language: %(value)s"),
                _("Write it like en, ar or pt-BR."),
                value=words[:60],
            )
        return words

    def topics(self, name: str, values: Iterable[Any]) -> tuple[str, ...]:
        """Return topics, each once."""
        words = [self.text(name, value, most=TOPIC) for value in values]
        kept = tuple(dict.fromkeys(word for word in words if word))
        if len(kept) > _TOPICS_MOST:
            self.refuse(
                name,
                "too_many",
                _("These are %(has)s topics; %(most)s are taken."),
                _("Name those that one would look for."),
                has=len(kept),
                most=_TOPICS_MOST,
            )
        return kept[:_TOPICS_MOST]

    def address(self, name: str, value: Any) -> tuple[str, str]:
        """Return an address in its one spelling, and as it is given."""
        words = self.text(name, value, most=URL_MAX_CHARACTERS)
        if not words:
            return "", ""
        try:
            return _spelled(words), words
        except AddressRefused as exc:
            self.refuse(
                name,
                exc.code,
                exc.sentence.text,
                _("Give the address of the page as a browser shows it."),
                **_plain_facts(exc),
            )
            return "", ""

    def link(self, name: str, value: Any) -> str:
        """Return the address of a fact-check, as it is given."""
        spelled, words = self.address(name, value)
        if not spelled:
            return ""
        try:
            _ADDRESS(words)
        except ValidationError:
            # What a browser takes, and a column of addresses does not.
            return spelled
        return words

    def who(
        self,
        name: str,
        value: Any,
        *,
        kind: ClaimantKind | None,
        role: str = "",
        same_as: Iterable[Any] = (),
    ) -> Who | None:
        """Return who is named; none where nobody is."""
        words = self.text(name, value, most=NAME)
        if not words:
            return None
        links = tuple(filter(None, (self._same_as(each) for each in same_as)))
        return Who(
            name=words, kind=kind or ClaimantKind.PERSON, role=role, same_as=links
        )

    def _same_as(self, value: Any) -> str:
        # It only says the same once more: one that is none does no harm by its absence.
        if not isinstance(value, str) or len(value) > URL_MAX_CHARACTERS:
            return ""
        try:
            plain(value)
            _ADDRESS(value.strip())
        except ValidationError:
            return ""
        return value.strip()

    def page(
        self, name: str, value: Any, *, exact: str, role: str = "said_here"
    ) -> Page | None:
        """Return words on a page; none where no page is given."""
        url, given = self.address(name, value)
        words = exact.strip()
        if not url or not words:
            return None
        if len(words) > EXACT_MAX_CHARACTERS:
            words = words[:EXACT_MAX_CHARACTERS]
        return Page(url=url, given=given, exact=words, role=role)


def _plain_facts(exc: AddressRefused) -> dict[str, str | int]:
    facts = exc.sentence.facts
    return {
        name: fact if isinstance(fact, int) else str(fact)
        for name, fact in facts.items()
    }


@lru_cache(maxsize=5_000)
def _spelled(url: str) -> str:
    spelled = canonical(url)
    refuse_closed(spelled)
    return spelled


def _language_of(words: str) -> str:
    """Return the language whose letters these are, where one can tell."""
    if words.isascii():
        return ""
    letters = [each for each in words if each.isalpha()][:_LETTERS_LOOKED_AT]
    scripts = [unicodedata.name(each, "").partition(" ")[0] for each in letters]
    most = max(set(scripts), key=scripts.count, default="")
    return _SCRIPTS.get(most.partition("-")[0], "")
