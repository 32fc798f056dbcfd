"""What a page says about itself: title, author, publisher, date, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.canonical import canonical
from sources.errors import AddressRefused

_MAX_JSON = 1_000_000
_MAX_THINGS = 2_000
_SPACE = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_STATEMENTS = re.compile(r"article|posting|report|webpage|creativework|claimreview")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A page's own words about itself; empty where it says nothing."""

    title: str
    author: str
    publisher: str
    published_at: datetime | None
    language: str  # "en", "pt-br"
    canonical_url: str
    article_body: str  # as carried for machines


def about(parsed: LexborHTMLParser, *, url: str) -> About:
    """Read the head of a page and the data it carries for machines."""
    things = list(_things(parsed))
    heading = parsed.css_first("h1")
    title_tag = parsed.css_first("title")
    return About(
        title=_first(
            _meta(parsed, "og:title"),
            _value(things, "headline"),
            _text(heading),
            _text(title_tag),
            most=500,
        ),
        author=_first(
            _meta(parsed, "author"),
            _value(things, "author"),
            _text(parsed.css_first("[rel='author']")),
            _text(parsed.css_first(".byline")),
            most=300,
        ),
        publisher=_first(
            _meta(parsed, "og:site_name"), _value(things, "publisher"), most=300
        ),
        published_at=_date(
            _meta(parsed, "article:published_time"),
            _value(things, "datePublished"),
            _meta(parsed, "date"),
            _attribute(parsed.css_first("time[datetime]"), "datetime"),
        ),
        language=_language(parsed),
        canonical_url=_canonical(parsed, url=url),
        article_body=_encodable(_value(things, "articleBody", most=_MAX_JSON)),
    )


def _meta(parsed: LexborHTMLParser, name: str) -> str:
    node = parsed.css_first(f"meta[property='{name}' i], meta[name='{name}' i]")
    return _attribute(node, "content")


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def _text(node: LexborNode | None) -> str:
    return node.text(deep=True) if node is not None else ""


def _first(*values: str, most: int) -> str:
    for value in values:
        clean = _SPACE.sub(" ", _encodable(value)).strip()
        if clean:
            return clean[:most]
    return ""


def _encodable(text: str) -> str:
    """Drop NUL and lone surrogates, which JSON can spell and nobody can keep."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _things(parsed: LexborHTMLParser) -> Iterator[dict[str, object]]:
    """Yield what the page's JSON-LD describes, statements first."""
    found: list[dict[str, object]] = []
    for script in parsed.css("script[type='application/ld+json' i]"):
        source = script.text(deep=True)
        if len(source) > _MAX_JSON:
            continue
        try:
            waiting: list[object] = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(found) < _MAX_THINGS:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting.extend(thing)
            elif isinstance(thing, dict):
                found.append(thing)
                waiting.append(thing.get("@graph"))
                waiting.append(thing.get("mainEntity"))
    yield from sorted(found, key=lambda thing: not _is_statement(thing))


def _is_statement(thing: dict[str, object]) -> bool:
    return bool(_STATEMENTS.search(str(thing.get("@type", ""))[:200].lower()))


def _value(things: list[dict[str, object]], name: str, *, most: int = 1_000) -> str:
    for thing in things:
        value = _plain(thing.get(name))
        if value:
            return value[:most]
    return ""


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_plain(one) for one in value[:10])))
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    return value if isinstance(value, str) else ""


def _date(*values: str) -> datetime | None:
    for value in values:
        try:
            found = datetime.fromisoformat(value.strip()[:40])
        except ValueError:
            continue
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        if 1900 <= found.year <= 2100:
            return found.astimezone(UTC)
    return None


def _language(parsed: LexborHTMLParser) -> str:
    said = _attribute(parsed.css_first("html"), "lang") or _meta(parsed, "og:locale")
    match = _LANGUAGE.match(said.strip().lower().replace("_", "-"))
    return match[0][:20] if match else ""


def _canonical(parsed: LexborHTMLParser, *, url: str) -> str:
    link = _attribute(parsed.css_first("link[rel~='canonical' i]"), "href").strip()
    if not link:
        return ""
    try:
        return canonical(urljoin(url, link))
    except (AddressRefused, ValueError):
        return ""  # a page may say nonsense about itself
