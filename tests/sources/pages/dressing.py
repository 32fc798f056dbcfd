"""What sites put around a page: menus, teasers and scripts, in the manner of several systems."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

MENU = [
    "Home",
    "News",
    "Politics",
    "Economy",
    "Climate",
    "Culture",
    "Sport",
    "Opinion",
    "Podcasts",
    "Newsletters",
    "Contact",
]
TEASERS = (
    (
        "Ferry line to the islands reopens",
        "After two winters the boats leave from the old pier again, twice a day until October.",
    ),
    (
        "Council votes on the new tram",
        "The vote was moved to Thursday because three members had not read the report.",
    ),
    (
        "Beavers are back on the upper Sorn",
        "Rangers counted eleven animals and at least four lodges between the two weirs.",
    ),
    (
        "A choir of four hundred voices",
        "The rehearsals take place in the market hall, which has the better echo.",
    ),
    (
        "Bakers want to open on Sundays",
        "Their guild says that nobody buys bread on Saturdays any more.",
    ),
    (
        "The lighthouse keeper retires",
        "She climbed the two hundred and six steps every evening for thirty-one years.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Content:
    """The inner part of a page, and what its head says."""

    title: str
    heading: str = ""
    body: str = ""  # markup
    lang: str = "en"
    site: str = "The Sorn Courier"
    head: str = ""
    body_class: str = ""
    article: bool = False  # described to machines as one
    published: str = "2025-05-12T08:30:00+00:00"
    extra: dict[str, str] = field(default_factory=dict)


Dress = Callable[[Content], str]


def _links(names: list[str]) -> str:
    return "".join(f"<li><a href='/{name.lower()}'>{name}</a></li>" for name in names)


def _teasers(n: int) -> str:
    return "".join(
        f"<div class='card'><h3><a href='/news/{i}-item'>{title}</a></h3><p>{words}</p></div>"
        for i, (title, words) in enumerate(TEASERS[:n])
    )


def _machine(content: Content) -> str:
    if not content.article:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": content.heading or content.title,
        "datePublished": content.published,
    }
    return (
        f"<script type='application/ld+json'>{json.dumps(data)}</script>"
        "<meta property='og:type' content='article'>"
    )


def classic(c: Content) -> str:
    return (
        f"<!doctype html><html lang={c.lang}><head><meta charset=utf-8><title>{c.title} | {c.site}</title>"
        f"<meta property='og:site_name' content='{c.site}'>{_machine(c)}{c.head}</head><body class='{c.body_class}'>"
        f"<header><a href='/'>{c.site}</a><nav><ul>{_links(MENU)}</ul></nav></header>"
        f"<main><h1>{c.heading or c.title}</h1>{c.body}</main>"
        f"<aside><h2>Latest</h2>{_teasers(4)}</aside>"
        f"<footer><p>© 2026 {c.site}. All rights reserved.</p><ul>{_links(['Imprint', 'Privacy'])}</ul></footer></body></html>"
    )


def soup(c: Content) -> str:
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{c.site} - {c.title}</title>{_machine(c)}{c.head}</head>"
        f"<body class='{c.body_class}'><div class=top><div class=logo>{c.site}</div><div class=menu>"
        + "".join(f"<div class=item><a href='/{m}'>{m}</a></div>" for m in MENU)
        + f"</div></div><div class=wrap><div class=col1><div class=headline>{c.heading or c.title}</div>"
        f"<div class=copy>{c.body}</div></div><div class=col2>{_teasers(5)}</div></div>"
        f"<div class=bottom>{c.site}, 4 Quay Street. Phone 555 0199.</div><script>track('{c.lang}')</script></body></html>"
    )


def tables(c: Content) -> str:
    return (
        f"<HTML><HEAD><TITLE>{c.title}</TITLE>{c.head}</HEAD><BODY BGCOLOR=white><TABLE WIDTH=760><TR><TD COLSPAN=2>"
        f"<IMG SRC=/logo.gif ALT='{c.site}'></TD></TR><TR><TD WIDTH=160>"
        + "<BR>".join(f"<A HREF=/{m}>{m}</A>" for m in MENU[:6])
        + f"</TD><TD><FONT SIZE=5><B>{c.heading or c.title}</B></FONT>{c.body}</TD></TR></TABLE></BODY></HTML>"
    )


def weblog(c: Content) -> str:
    return (
        f"<!doctype html><html lang='{c.lang}'><head><meta charset=utf-8><title>{c.title} &#8211; {c.site}</title>"
        f"<meta property='og:title' content='{c.title} &#8211; {c.site}'><meta property='og:site_name' content='{c.site}'>{_machine(c)}{c.head}"
        f"<link rel='https://api.w.org/' href='/wp-json/'></head><body class='wp-theme hfeed {c.body_class}'>"
        f"<a class='skip-link' href='#content'>Skip to content</a><header><p class='site-title'><a href='/'>{c.site}</a></p></header>"
        f"<div id='content'><main id='main'><section><header class='page-header'><h1 class='page-title'>{c.heading or c.title}</h1></header>"
        f"<div class='page-content'>{c.body}<form role='search'><label>Search for:</label><input type='search'><button>Search</button></form></div>"
        f"</section></main></div><aside class='widget-area'><h2>Recent Posts</h2><ul>{_links([t for t, _ in TEASERS])}</ul>"
        "<h2>Archives</h2><ul><li><a href='/2025/04'>April 2025</a></li></ul></aside></body></html>"
    )


def app(c: Content) -> str:
    data = {"props": {"pageProps": c.extra}, "page": c.extra.get("route", "/[...slug]")}
    return (
        f"<!DOCTYPE html><html lang='{c.lang}'><head><meta charSet='utf-8'/><title>{c.title}</title>{_machine(c)}{c.head}</head>"
        f"<body><div id='__next'><div class='sc-1x2'><div class='sc-a'><a href='/'>{c.site}</a></div><div class='sc-b'>"
        f"<h1 class='sc-h'>{c.heading or c.title}</h1><div class='sc-c'>{c.body}</div></div></div></div>"
        f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(data)}</script></body></html>"
    )


def bare(c: Content) -> str:
    return f"<html><head><title>{c.title}</title>{c.head}</head><body><h1>{c.heading or c.title}</h1>{c.body}</body></html>"


def portal(c: Content) -> str:
    rows = "".join(
        f"<section><h2><a href='/{m.lower()}'>{m}</a></h2><ul>"
        + "".join(
            f"<li><a href='/{m.lower()}/{i}'>{t}</a> <span>{w}</span></li>"
            for i, (t, w) in enumerate(TEASERS)
        )
        + "</ul></section>"
        for m in MENU[1:7]
    )
    return (
        f"<!doctype html><html lang='{c.lang}'><head><meta charset=utf-8><title>{c.title} • {c.site}</title>{_machine(c)}{c.head}</head>"
        f"<body class='{c.body_class}'><div role=navigation><ul>{_links(MENU)}</ul></div><div class=hero><h1>{c.heading or c.title}</h1>{c.body}</div>"
        f"<div class=more>{rows}</div><footer><p>{c.site} is published six times a week.</p></footer></body></html>"
    )


def wrapped(c: Content) -> str:
    """Every paragraph in a box of its own, and the heading no heading."""
    body = c.body.replace("<p>", "<div class='block'><div><p>").replace(
        "</p>", "</p></div></div>"
    )
    return (
        f"<!doctype html><html lang='{c.lang}'><head><meta charset=utf-8><title>{c.title} :: {c.site}</title>{_machine(c)}{c.head}</head>"
        f"<body class='{c.body_class}'><div class='bar'><span>{c.site}</span></div><div class='story'><div class='h1'>{c.heading or c.title}</div>"
        f"{body}</div><div class='foot'><span>Terms</span> <span>Privacy</span></div></body></html>"
    )


DRESSES: dict[str, Dress] = {
    "classic": classic,
    "soup": soup,
    "tables": tables,
    "weblog": weblog,
    "app": app,
    "bare": bare,
}
# Not looked at while the signs were weighed.
HELD_OUT: dict[str, Dress] = {"portal": portal, "wrapped": wrapped}
