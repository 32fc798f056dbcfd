"""What an address says about the page behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_FRONT = re.compile(
    r"/*(?:(?:index|home|default|start|main|startseite|accueil|inicio|welcome)"
    r"(?:\.[a-z]{2,5})?)?/*"
)
_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2,4})?(?=/|$)")
_ERROR = re.compile(
    r"(?:^|/)(?:(?:http-?)?(?:error|err|status)s?[-_/]?)?(?:404|410)(?:[-_.]?(?:error|page|not-?found))?"
    r"(?:\.[a-z]{2,5})?/*$"
    r"|(?:^|/)(?:(?:page|article|file|content|url|error|resource|http)[-_/]?)*(?:not[-_]?found|notfound)"
    r"(?:[-_/]?(?:page|error))?(?:\.[a-z]{2,5})?/*$"
    r"|(?:^|/)(?:errors?|error[-_]?pages?|oops|(?:page[-_]?)?(?:missing|unavailable|gone|expired)|deleted|removed"
    r"|seite-nicht-gefunden|nicht-gefunden|fehler(?:seite)?|page-introuvable|introuvable|erreur"
    r"|pagina-(?:no-encontrada|non-trovata|nao-encontrada|niet-gevonden)|no-encontrada)"
    r"(?:\.[a-z]{2,5})?/*$",
    re.IGNORECASE,
)
_ERROR_QUERY = re.compile(
    r"(?:^|&)(?:aspxerrorpath|404;|(?:error|err|status|e)=(?:404|410|not[-_]?found)"
    r"|(?:not[-_]?found|404)(?:=|&|$))",
    re.IGNORECASE,
)
# What tells a front page where its visitor comes from, and changes nothing on it.
_IDLE = re.compile(
    r"(?:utm|pk|mtm|matomo|piwik|at|ns|mc)_.*|[a-z]{1,3}clid|from|ref(?:errer|erer)?|ref_.*|redir(?:ect(?:ed)?)?(?:_?(?:from|url|to))?"
    r"|src|source|origin|error|err|e|status|code|reason|msg|not[-_]?found|404|410|lang|language|locale|hl|_ga|_gl",
    re.IGNORECASE,
)
_MOST_FIELDS = 20
_WORDS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NO_WORDS = frozenset(
    [
        *("html", "htm", "aspx", "index", "article", "articles", "news", "story"),
        *("stories", "page", "pages", "post", "posts", "blog", "archive", "world"),
        *("with", "from", "that", "this", "after", "over", "about", "into", "have"),
        *("http", "https", "node", "content", "view", "print", "detail", "show"),
    ]
)


@lru_cache(maxsize=256)
def parts(url: str) -> SplitResult:
    """Split an address; what cannot be split has no parts."""
    try:
        found = urlsplit(url)
        _ = found.hostname, found.port
    except ValueError:
        return urlsplit("")
    return found


def host(url: str) -> str:
    """Return the host without `www.`."""
    return (parts(url).hostname or "").removeprefix("www.")


def is_front(url: str, *, asked: str = "") -> bool:
    """
    Say whether this is the front page of a site, or of one of its languages.

    It may be told where its visitor comes from, as by naming the page `asked` for.
    """
    found = parts(url)
    path = _LANGUAGE.sub("", found.path.lower(), count=1)
    return bool(_FRONT.fullmatch(path)) and _says_no_more(found.query, asked)


def _says_no_more(query: str, asked: str) -> bool:
    """Say whether a query chooses nothing that could be shown."""
    if not query:
        return True
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return False
    path = unquote(parts(asked).path).strip("/")
    return all(
        _IDLE.fullmatch(name) or (path and path in unquote(f"{name}={value}"))
        for name, value in fields
    )


def says_error(url: str) -> bool:
    """Say whether an address is one where sites put their error page."""
    found = parts(url)
    return bool(_ERROR.search(found.path) or _ERROR_QUERY.search(found.query))


def is_above(upper: str, lower: str) -> bool:
    """Say whether one address is a folder that another one lies in."""
    if host(upper) != host(lower):
        return False
    folder = parts(upper).path.rstrip("/") + "/"
    path = parts(lower).path.rstrip("/")
    return len(folder) < len(path) and path.startswith(folder) and len(folder) > 1


def is_section(landed: str, asked: str) -> bool:
    """Say whether a visitor was sent from deep in a site to one of its sections."""
    if parts(landed).query or host(landed) != host(asked):
        return False
    steps = [step for step in parts(landed).path.split("/") if step]
    deep = [step for step in parts(asked).path.split("/") if step]
    plain = all(
        step.count("-") < 2 and not any(map(str.isdigit, step)) for step in steps
    )
    return 0 < len(steps) <= 2 and len(steps) < len(deep) and plain


def words(url: str) -> frozenset[str]:
    """Return the telling words of the last part of an address that has some."""
    for step in reversed(unquote(parts(url).path).lower().split("/")):
        found = frozenset(_WORD.findall(step.replace("_", "-"))) - _NO_WORDS
        if found:
            return found
    return frozenset()


def spelled_out(url: str) -> str:
    """Return the path of an address as words."""
    return " ".join(_WORDS.findall(unquote(parts(url).path).lower()))


def same(one: str, other: str) -> bool:
    """Say whether two addresses differ in nothing that a site would tell apart."""
    first, second = parts(one), parts(other)
    return (
        host(one) == host(other)
        and first.path.rstrip("/") == second.path.rstrip("/")
        and first.query == second.query
    )
