"""
What a ClaimReview has to hold, as schema.org and Google have published it (pure).

schema.org/ClaimReview names the properties and their types. Which of them are required
and which recommended, and what bounds there are, stands in Google's "Fact check
(ClaimReview) structured data"; the list of recommendations is theirs.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeGuard
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Object = dict[str, Any]  # of JSON, by anybody: nothing in it is certain
Code = Literal["missing", "wrong", "elsewhere", "out_of_bounds", "advised"]

# What schema.org assumes where a rating names no scale.
WORST_ASSUMED, BEST_ASSUMED = 1, 5
LEAST_WORST = 1

# Subtypes of schema.org's Organization that do not say so at their end.
_ORGANISATIONS = {"Consortium", "Corporation", "NGO", "Airline", "SportsTeam"}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T.+)?)?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SCHEMA = re.compile(r"https?://(www\.)?schema\.org/?", re.IGNORECASE)
_VOCABULARY = re.compile(r"(https?://(www\.)?schema\.org/|schema:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a ClaimReview lacks or has wrong, and where."""

    where: str  # the property, from the top: reviewRating.alternateName
    code: Code
    sentence: str

    @property
    def is_advice(self) -> bool:
        """Whether the document is valid for all that."""
        return self.code == "advised"


def problems(document: Mapping[str, Any], *, page_url: str = "") -> list[Problem]:
    """
    Return what is wrong with a ClaimReview, the recommendations it leaves out included.

    `page_url` is the page that carries it, whose host it has to name; without one it
    may be at home anywhere. Any JSON object may be given.
    """
    return list(_of_review(dict(document), page_url))


def problems_of_page(documents: Iterable[object], *, page_url: str) -> list[Problem]:
    """Return what is wrong with the JSON-LD of a page that reviews one claim."""
    objects = [each for each in documents if isinstance(each, dict)]
    reviews = [each for each in objects if "ClaimReview" in types(each)]
    if len(reviews) != 1:
        return [
            _wrong(
                "@type",
                _("The page has %(number)s ClaimReviews; it may have one.")
                % {"number": len(reviews)},
            )
        ]
    found = problems(reviews[0], page_url=page_url)
    if "@context" not in reviews[0]:
        found.insert(0, _missing("@context"))
    return found


def types(thing: object) -> list[str]:
    """Return the names of schema.org's types that an object of JSON-LD says it is."""
    named = thing.get("@type") if isinstance(thing, dict) else None
    return [
        _VOCABULARY.sub("", each) for each in _listed(named) if isinstance(each, str)
    ]


def number(value: object) -> float | None:
    """Return a number that JSON holds, if only as text; None where it is none."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A whole number of JSON may be longer than any float.
    if isinstance(value, int):
        return float(value) if abs(value) < 2**53 else None
    return value if math.isfinite(value) else None


def _of_review(document: Object, page_url: str) -> Iterator[Problem]:
    if "ClaimReview" not in types(document):
        yield _wrong("@type", _("This is no ClaimReview."))
    context = document.get("@context", "https://schema.org")
    if not any(_is_schema(each) for each in _listed(context)):
        yield _wrong("@context", _("The @context is not schema.org."))
    yield from _home(document.get("url"), page_url)
    yield from _text(document, "claimReviewed")
    yield from _dated(document, "datePublished")
    yield from _language(document.get("inLanguage"))
    yield from _somebody(document.get("author"), "author", advised=("url",))
    yield from _rating(document.get("reviewRating"))
    yield from _claim(document.get("itemReviewed"))


def _home(url: object, page_url: str) -> Iterator[Problem]:
    if _is_empty(url):
        yield _missing("url")
    elif not _is_address(url):
        yield _no_address("url")
    elif page_url and not _is_at(url, page_url):
        yield Problem(
            where="url",
            code="elsewhere",
            sentence=_("The ClaimReview's address is not on the site of its page."),
        )


def _rating(rating: object) -> Iterator[Problem]:
    if _is_empty(rating):
        yield _missing("reviewRating")
        return
    if not isinstance(rating, dict) or "Rating" not in types(rating):
        yield _no_such("reviewRating", "Rating")
        return
    yield from _text(rating, "alternateName", within="reviewRating")
    if "ratingValue" in rating:
        yield from _scale(rating)
    else:
        yield _advised("reviewRating.ratingValue")


def _scale(rating: Object) -> Iterator[Problem]:
    for name in ("worstRating", "bestRating"):
        if name not in rating:
            yield _advised(f"reviewRating.{name}")
    worst, value, best = (
        number(rating.get(name, assumed))
        for name, assumed in (
            ("worstRating", WORST_ASSUMED),
            ("ratingValue", None),
            ("bestRating", BEST_ASSUMED),
        )
    )
    if worst is None or value is None or best is None:
        yield _wrong("reviewRating", _("The rating and its scale have to be numbers."))
    elif not LEAST_WORST <= worst < best:
        yield _out_of_bounds(
            "reviewRating",
            _("The scale has to begin at 1 or above and to end higher."),
        )
    elif not worst <= value <= best:
        yield _out_of_bounds(
            "reviewRating.ratingValue", _("The rating lies outside its own scale.")
        )


def _claim(claim: object) -> Iterator[Problem]:
    if _is_empty(claim):
        yield _advised("itemReviewed")
        return
    if not isinstance(claim, dict) or "Claim" not in types(claim):
        yield _no_such("itemReviewed", "Claim")
        return
    yield from _somebody(claim.get("author"), "itemReviewed.author")
    yield from _dated(claim, "datePublished", within="itemReviewed")
    for name in ("firstAppearance", "appearance"):
        yield from _works(claim.get(name), f"itemReviewed.{name}")


def _somebody(
    author: object, where: str, *, advised: Iterable[str] = ()
) -> Iterator[Problem]:
    if _is_empty(author):
        yield _advised(where)
    for each in _listed(author):
        if not isinstance(each, dict) or not any(map(_is_somebody, types(each))):
            yield _no_such(where, "Person, Organization")
            continue
        yield from _text(each, "name", within=where)
        for name in ("url", "sameAs"):
            if not all(map(_is_address, _listed(each.get(name)))):
                yield _no_address(f"{where}.{name}")
        for name in advised:
            if _is_empty(each.get(name)):
                yield _advised(f"{where}.{name}")


def _works(works: object, where: str) -> Iterator[Problem]:
    if _is_empty(works):
        yield _advised(where)
    for work in _listed(works):
        if isinstance(work, dict) and not types(work):
            yield _no_such(where, "CreativeWork")
        elif not _is_address(work.get("url") if isinstance(work, dict) else work):
            yield _no_address(where)


def _text(thing: Object, name: str, *, within: str = "") -> Iterator[Problem]:
    where, value = _path(within, name), thing.get(name)
    if _is_empty(value):
        yield _missing(where)
    elif not isinstance(value, str):
        yield _wrong(where, _("%(property)s has to be text.") % {"property": where})


def _dated(thing: Object, name: str, *, within: str = "") -> Iterator[Problem]:
    where, value = _path(within, name), thing.get(name)
    if _is_empty(value):
        yield _advised(where)
    elif not _is_date(value):
        yield _wrong(
            where,
            _("%(property)s has to be a date like 2026-03-14.") % {"property": where},
        )


def _language(value: object) -> Iterator[Problem]:
    codes = [
        each.get("alternateName") if isinstance(each, dict) else each
        for each in _listed(value)
    ]
    if not all(isinstance(each, str) and _LANGUAGE.fullmatch(each) for each in codes):
        yield _wrong("inLanguage", _("The language has to be a code like en or pt-BR."))


def _is_empty(value: object) -> bool:
    blank = isinstance(value, str) and not value.strip()
    return value is None or blank or value in ([], {})


def _is_somebody(name: str) -> bool:
    return name == "Person" or name.endswith("Organization") or name in _ORGANISATIONS


def _is_schema(context: object) -> bool:
    if isinstance(context, dict):
        context = context.get("@vocab")
    return isinstance(context, str) and bool(_SCHEMA.fullmatch(context))


def _is_date(value: object) -> bool:
    """Whether this is a day, or less exactly a month or a year, or a moment."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value + "-01-01"[: max(0, 10 - len(value))])
    except ValueError:
        return False
    return True


def _is_address(value: object) -> TypeGuard[str]:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _is_at(url: str, page_url: str) -> bool:
    """Whether an address is on the host of the page, or on one below it."""
    own, page = urlsplit(url).hostname or "", urlsplit(page_url).hostname or ""
    return own == page or own.endswith(f".{page}")


def _listed(value: object) -> list[object]:
    """JSON-LD writes one as it is and several as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _path(within: str, name: str) -> str:
    return f"{within}.{name}" if within else name


def _missing(where: str) -> Problem:
    return Problem(
        where=where,
        code="missing",
        sentence=_("The ClaimReview has no %(property)s.") % {"property": where},
    )


def _advised(where: str) -> Problem:
    return Problem(
        where=where,
        code="advised",
        sentence=_("The ClaimReview would be better with %(property)s.")
        % {"property": where},
    )


def _wrong(where: str, sentence: str) -> Problem:
    return Problem(where=where, code="wrong", sentence=sentence)


def _no_such(where: str, kind: str) -> Problem:
    return _wrong(
        where,
        _("%(property)s has to be of the type: %(type)s.")
        % {"property": where, "type": kind},
    )


def _no_address(where: str) -> Problem:
    return _wrong(
        where,
        _("%(property)s has to be an address that begins with https://.")
        % {"property": where},
    )


def _out_of_bounds(where: str, sentence: str) -> Problem:
    return Problem(where=where, code="out_of_bounds", sentence=sentence)
