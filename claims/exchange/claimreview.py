"""A ClaimReview of schema.org, as it is found on the web, understood as a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from claims.exchange import ratings
from claims.exchange.record import Page, Record, RowRefused, Voice, Who
from claims.exchange.terms import Terms
from claims.exchange.weighing import RATING, ROLE, STATEMENT, Scales
from claims.vocabulary import ClaimantKind
from sources.saying import gettext_noop as _

_KINDS = {
    "Person": ClaimantKind.PERSON,
    "Organization": ClaimantKind.ORGANISATION,
    "NewsMediaOrganization": ClaimantKind.MEDIA,
    "GovernmentOrganization": ClaimantKind.GOVERNMENT,
    "PerformingGroup": ClaimantKind.GROUP,
}
_PAGES_MOST = 20
_WORDS = ("reviewBody", "name", "headline", "description")


def types(node: dict[str, Any]) -> set[str]:
    """Return the types of a node, without where they are defined."""
    return {
        str(each).rpartition("/")[2].rpartition(":")[2]
        for each in every(node.get("@type"))
        if isinstance(each, str)
    }


def every(value: Any) -> list[Any]:
    """Return the values of a property, of which JSON-LD may give one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def read(node: dict[str, Any], *, terms: Terms) -> Record:
    """Understand one ClaimReview. Raises RowRefused."""
    scales = Scales(now=terms.now)
    item = _first_node(node.get("itemReviewed"))
    statement = scales.demanded(
        "claimReviewed",
        scales.text("claimReviewed", _said(node, item), most=STATEMENT),
    )
    wording = scales.text("itemReviewed.text", _word(item.get("text")), most=STATEMENT)
    claimant = _claimant(scales, item, terms)
    said_at, precision = scales.moment(
        "itemReviewed.datePublished", _word(item.get("datePublished"))
    )
    language = scales.language(
        "inLanguage",
        _language(node.get("inLanguage")),
        of=statement,
        otherwise=terms.language,
    )
    pages = tuple(_appearances(scales, item, wording or statement))
    voices = tuple(_voices(scales, node))
    if scales.faults or claimant is None:
        raise RowRefused(*scales.faults)
    return Record(
        statement=statement,
        wording="" if wording == statement else wording,
        claimant=claimant,
        language=language,
        said_at=said_at,
        precision=precision,
        pages=pages,
        voices=voices,
    )


def _said(node: dict[str, Any], item: dict[str, Any]) -> Any:
    reviewed = _word(node.get("claimReviewed"))
    if isinstance(reviewed, str) and not reviewed.strip():
        reviewed = None
    # Some leave the statement to the claim, as schema.org has it since 2019.
    is_claim = "Claim" in types(item)
    return reviewed if reviewed is not None or not is_claim else _word(item.get("text"))


def _word(value: Any) -> Any:
    """Return one value: the first of several, and of a value with its type the value."""
    for each in every(value):
        found = each.get("@value") if isinstance(each, dict) else each
        if found is not None:
            return found
    return None


def _first_node(value: Any) -> dict[str, Any]:
    return next((each for each in every(value) if isinstance(each, dict)), {})


def _language(value: Any) -> Any:
    word = next(iter(every(value)), None)
    if isinstance(word, dict):
        return word.get("alternateName") or word.get("@value") or word.get("name")
    return word


# --- Who ------------------------------------------------------------------------


def _claimant(scales: Scales, item: dict[str, Any], terms: Terms) -> Who | None:
    name = "itemReviewed.author"
    author = item.get("author") or item.get("creator")
    found = _who(scales, name, author, otherwise=ClaimantKind.PERSON)
    if found is None and terms.unnamed and not _faulty(scales, name):
        found = Who(name=terms.unnamed, kind=ClaimantKind.GROUP)
    if found is None and not _faulty(scales, name):
        scales.refuse(
            f"{name}.name",
            "no_claimant",
            _("Nobody is named who said this."),
            _("Name who said it, or choose whom such claims are put down to."),
        )
    return found


def _faulty(scales: Scales, name: str) -> bool:
    return any(fault.field.startswith(name) for fault in scales.faults)


def _who(
    scales: Scales, name: str, value: Any, *, otherwise: ClaimantKind
) -> Who | None:
    for each in every(value):
        node = each if isinstance(each, dict) else {"name": each}
        kind = next((_KINDS[word] for word in types(node) if word in _KINDS), otherwise)
        role = scales.text(f"{name}.jobTitle", _word(node.get("jobTitle")), most=ROLE)
        found = scales.who(
            f"{name}.name",
            _word(node.get("name")),
            kind=kind,
            role=role,
            same_as=every(node.get("sameAs")),
        )
        if found:
            return found
    return None


# --- Where it was said ------------------------------------------------------------


def _appearances(scales: Scales, item: dict[str, Any], words: str) -> Iterator[Page]:
    seen = set()
    for name in ("firstAppearance", "appearance"):
        for each in every(item.get(name))[:_PAGES_MOST]:
            given = (
                each.get("url") or each.get("@id") if isinstance(each, dict) else each
            )
            page = scales.page(f"itemReviewed.{name}.url", _word(given), exact=words)
            if page and page.url not in seen:
                seen.add(page.url)
                yield page


# --- What a fact-checker says about it --------------------------------------------


def _voices(scales: Scales, node: dict[str, Any]) -> Iterator[Voice]:
    given = _word(node.get("url"))
    if isinstance(given, str) and given.strip().startswith(f"{settings.SITE_URL}/"):
        return  # this house's own verdict is reached at its desk alone
    url = scales.link("url", given)
    scales.demanded("url", url)
    assessor = _assessor(scales, node, url)
    rating = _first_node(node.get("reviewRating"))
    words = scales.text("reviewRating.alternateName", _rated(rating), most=RATING)
    said_at, precision = scales.moment(
        "datePublished", _word(node.get("datePublished"))
    )
    if not words and not _faulty(scales, "reviewRating"):
        scales.refuse(
            "reviewRating.alternateName",
            "no_rating",
            _("There is no rating in words."),
            _("Give what the fact-check found, like False, in alternateName."),
        )
    statement = _finding(scales, node) or words
    if assessor is None or not words or not url:
        return
    stance, clear = ratings.judged(
        words,
        value=rating.get("ratingValue"),
        best=rating.get("bestRating"),
        worst=rating.get("worstRating"),
    )
    page = scales.page("url", url, exact=statement, role="context")
    yield Voice(
        assessor=assessor,
        stance=stance,
        clear=clear,
        statement=statement,
        said_at=said_at,
        precision=precision,
        rating_text=words,
        url=url,
        pages=(page,) if page else (),
    )


def _assessor(scales: Scales, node: dict[str, Any], url: str) -> Who | None:
    given = node.get("author") or node.get("publisher") or node.get("creator")
    found = _who(scales, "author", given, otherwise=ClaimantKind.MEDIA)
    if found or not url or _faulty(scales, "author"):
        return found
    site = (urlsplit(url).hostname or "").removeprefix("www.")
    return scales.who("url", site, kind=ClaimantKind.MEDIA)


def _rated(rating: dict[str, Any]) -> Any:
    for name in ("alternateName", "name", "description"):
        words = _word(rating.get(name))
        if isinstance(words, str) and words.strip():
            return words
    return None


def _finding(scales: Scales, node: dict[str, Any]) -> str:
    """Return what the fact-check says, in the most words that fit."""
    for name in _WORDS:
        words = _word(node.get(name))
        if isinstance(words, str) and 0 < len(words.strip()) <= STATEMENT:
            return scales.text(name, words, most=STATEMENT)
    return ""
