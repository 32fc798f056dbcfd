"""What a page says in its markup, to browsers and search engines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_REFRESH = re.compile(
    r"^\s*(\d{1,4})?(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE
)
_SCRIPT_GOES = re.compile(
    r"(?:window\.|document\.|top\.|self\.)?location(?:\.href|\.replace|\.assign)?\s*(?:=|\()\s*[\"']([^\"']{1,300})[\"']"
)
_ARTICLE = re.compile(
    r"\"@type\"\s*:\s*(?:\[[^\]]{0,80})?\"(?:[a-z]*newsarticle|article|blogposting|liveblogposting|"
    r"scholarlyarticle|techarticle|report|socialmediaposting|reviewnewsarticle)\"",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"article:published_time|\"datePublished\"|itemprop=[\"']?datePublished",
    re.IGNORECASE,
)
_OG_ARTICLE = re.compile(
    r"property=[\"']?og:type[\"']?\s+content=[\"']?(?:article|video)", re.IGNORECASE
)
_LOST_MAKERS = re.compile(
    r"\"page\"\s*:\s*\"/(?:404|_error)\"|\"?(?:page_?type|pagetype|template|content_?type|page_?name|pagecategory)\"?\s*[:=]\s*"
    r"[\"'](?:404|error ?404|404[ -]?error|error|not[ _-]?found|errorpage|error[ _-]page|404[ -]?page|page ?not ?found)[\"']"
    r"|NEXT_(?:NOT_FOUND|HTTP_ERROR_FALLBACK;404)",
    re.IGNORECASE,
)
_LOST_CLASS = re.compile(
    r"^(?:(?:page|template|body|is|single|view|layout|error|http|status|section|main|route|p)?[-_]*"
    r"(?:e404|error[-_]?404|404[-_]?error|page[-_]?404|404[-_]?page|http[-_]?404|error[-_]?page|page[-_]?error|"
    r"(?:page[-_]?)?not[-_]?found(?:[-_]?page)?|pagenotfound|page404|err404|404|four[-_]?oh[-_]?four))$",
    re.IGNORECASE,
)
_WALL_CLASS = re.compile(
    r"paywall|regwall|piano-(?:offer|container|inline)|tp-(?:modal|container)|metered|subscriber-only|"
    r"subscribers-only|premium-(?:wall|content|lock)|registration-wall|subscription-(?:wall|required|offer)|"
    r"article-(?:locked|barrier|gate)|content-gate|meteredcontent|abo-(?:wall|box)|locked-content",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"<div\s+id=[\"']?(?:root|app|__next|__nuxt|main-app|gatsby|___gatsby|svelte|ember\d*|q-app|react-root)[\"']?[^>]*>\s*</div>"
    r"|<(?:app-root|my-app)[^>]*>\s*(?:loading[^<]{0,20})?</(?:app-root|my-app)>",
    re.IGNORECASE,
)
_AROUND = "nav, header, footer, aside, form, menu, dialog, a, button, script, style, noscript, template, select, [role='navigation'], [role='contentinfo'], [role='search']"
_HEADINGS = "h1, h2, h3, [role='heading']"
_MOST = 12
_MOST_OF_SCRIPTS = 200_000  # characters
_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What markup says of a page; empty where it is silent."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    first_headings: tuple[str, ...]  # of the first rank that there is
    home_names: tuple[str, ...]  # what links to the front page call it
    canonical: str
    og_url: str
    refresh: str  # where the page sends on to by itself
    noindex: bool
    article_markup: bool
    lost_status: bool  # it tells search engines the status that it should have had
    lost_marks: bool  # its maker calls it an error page, in what no reader sees
    lost_parts: bool  # a part of it is called so
    wall_parts: bool  # a part of it is called a paywall
    password: bool  # it asks for one
    shell: bool  # an empty frame that scripts would fill


def nothing() -> Head:
    """Return what is known of a page whose markup cannot be read."""
    return Head(
        titles=(),
        headings=(),
        first_headings=(),
        home_names=(),
        canonical="",
        og_url="",
        refresh="",
        noindex=False,
        article_markup=False,
        lost_status=False,
        lost_marks=False,
        lost_parts=False,
        wall_parts=False,
        password=False,
        shell=False,
    )


def head(parsed: LexborHTMLParser, *, markup: str, base: str) -> Head:
    """Read what a page says in its markup."""
    few = markup[:1_000_000]
    classes = _classes(parsed, "[class], [id]")
    own = _classes(parsed, "html, body, main, #content, #main, article")
    titles = (
        _text(parsed.css_first("head title")),
        _meta(parsed, "og:title"),
        _meta(parsed, "twitter:title"),
    )
    return Head(
        titles=tuple(title for title in titles if title),
        headings=_headings(parsed, _HEADINGS),
        first_headings=_headings(parsed, "h1") or _headings(parsed, "h2")[:1],
        home_names=_home_names(parsed, base),
        canonical=_address(parsed.css_first("link[rel~='canonical' i]"), "href", base),
        og_url=_join(base, _meta(parsed, "og:url")),
        refresh=_refresh(parsed, few, base),
        noindex="noindex" in _meta(parsed, "robots").lower(),
        article_markup=bool(
            _ARTICLE.search(few) or (_OG_ARTICLE.search(few) and _DATED.search(few))
        ),
        lost_status=_meta(parsed, "prerender-status-code") in {"404", "410"},
        lost_marks=_calls_itself_lost(few) or any(map(_LOST_CLASS.match, own)),
        lost_parts=any(map(_LOST_CLASS.match, classes)),
        wall_parts=any(map(_WALL_CLASS.search, classes)),
        password=parsed.css_first("input[type='password' i]") is not None,
        shell=bool(_SHELL.search(few)),
    )


def _home_names(parsed: LexborHTMLParser, base: str) -> tuple[str, ...]:
    front = urljoin(base, "/")
    links = parsed.css(
        f"a[href='/'], a[href='{front.rstrip('/')}' i], a[href='{front}' i]"
    )
    return tuple(dict.fromkeys(filter(None, map(_text, links[:_MOST]))))


def _calls_itself_lost(markup: str) -> bool:
    # Asked first since the pattern is slow on large pages, which seldom have either.
    if "404" not in markup and "ound" not in markup and "rror" not in markup:
        return False
    return bool(_LOST_MAKERS.search(markup[:_MOST_OF_SCRIPTS]))


def _headings(parsed: LexborHTMLParser, which: str) -> tuple[str, ...]:
    found = (_text(node) for node in parsed.css(which)[:_MOST])
    return tuple(dict.fromkeys(text for text in found if text))


def without_links(parsed: LexborHTMLParser) -> LexborHTMLParser:
    """Take menus, links and forms out of a tree, and give it back."""
    # Backwards, so that nothing is taken out of what is gone already.
    for node in reversed(parsed.css(_AROUND)):
        node.decompose()
    return parsed


def _classes(parsed: LexborHTMLParser, where: str) -> list[str]:
    found: list[str] = []
    for node in parsed.css(where)[:3_000]:
        said = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        found += said[:500].split()
    return found


def _refresh(parsed: LexborHTMLParser, markup: str, base: str) -> str:
    tag = parsed.css_first("meta[http-equiv='refresh' i]")
    if tag is not None and (
        match := _REFRESH.match(tag.attributes.get("content") or "")
    ):
        return _join(base, match[2].strip())
    # A page that is little else than a script that leads away.
    if len(markup) < 3_000 and (match := _SCRIPT_GOES.search(markup)):
        return _join(base, match[1])
    return ""


def _meta(parsed: LexborHTMLParser, name: str) -> str:
    node = parsed.css_first(f"meta[property='{name}' i], meta[name='{name}' i]")
    return (
        " ".join((node.attributes.get("content") or "").split())[:_MOST_CHARACTERS]
        if node
        else ""
    )


def _address(node: LexborNode | None, name: str, base: str) -> str:
    return _join(base, (node.attributes.get(name) or "").strip()) if node else ""


def _join(base: str, link: str) -> str:
    if not link:
        return ""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text(deep=True).split())[:_MOST_CHARACTERS] if node else ""
