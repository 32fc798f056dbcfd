"""Articles as the pages of a newspaper."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from string import Template

from config.demo.edition import PAPERS, Article

PAGE = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
$head<link rel="stylesheet" href="/press.css">
</head>
<body>
<header>
<p class="name"><a href="$home">$paper</a></p>
<nav aria-label="Sections"><ul>
<li><a href="$home">Today</a></li><li><a href="/">All papers</a></li>
</ul></nav>
</header>
<main>
$main
</main>
<footer><p>$paper is a newspaper that does not exist. Its stories, its countries and everybody in
them are invented, to show Counterclaim at work.</p></footer>
</body>
</html>
"""
)

STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 0 auto; padding: 0 1rem 3rem;
  font: 1.1rem/1.6 Georgia, "Liberation Serif", serif; }
header { border-bottom: 3px double; margin-bottom: 2rem; }
header .name { margin: 1rem 0 .25rem; font-size: 2rem; font-weight: 700; }
header a { color: inherit; text-decoration: none; }
nav ul { display: flex; gap: 1.5rem; margin: 0; padding: 0 0 .5rem; list-style: none; }
nav, footer, .byline, .section { font: .85rem/1.5 Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 2.1rem; line-height: 1.15; margin: .25rem 0 .75rem; }
.standfirst { font-size: 1.25rem; font-style: italic; margin: 0 0 1rem; }
main li { margin-bottom: 1rem; }
footer { border-top: 1px solid; margin-top: 3rem; padding-top: .75rem; }
"""


def article_page(
    article: Article, *, body: str, published_at: datetime, address: str
) -> str:
    """Return an article as a page; `address` is where it says it stands."""
    paper = PAPERS[article.paper]
    paragraphs = "\n".join(
        f"<p>{escape(each, quote=False)}</p>" for each in body.split("\n\n")
    )
    day = f"{published_at.day} {published_at:%B %Y}"
    main = (
        f'<article>\n<p class="section">{escape(article.section)}</p>\n'
        f"<h1>{escape(article.headline)}</h1>\n"
        f'<p class="standfirst">{escape(article.standfirst)}</p>\n'
        f'<p class="byline">By <span rel="author">{escape(article.author)}</span>, '
        f'<time datetime="{published_at.isoformat()}">{day}</time></p>\n'
        f"{paragraphs}\n</article>"
    )
    return _page(
        paper=paper,
        home=f"/{article.paper}/",
        title=f"{article.headline} | {paper}",
        head=_described(article, published_at=published_at, address=address),
        main=main,
    )


def list_page(title: str, *, home: str, entries: list[tuple[str, str, str]]) -> str:
    """Return a front page: for each entry an address, a headline and a line below."""
    items = "\n".join(
        f'<li><a href="{escape(address)}">{escape(headline)}</a><br>{escape(line)}</li>'
        for address, headline, line in entries
    )
    heading = f"<h1>{escape(title)}</h1>\n<ul>\n{items}\n</ul>"
    return _page(paper=title, home=home, title=title, main=heading)


def notice_page(paper: str, *, title: str, words: str) -> str:
    """Return a page that says why there is no article here."""
    main = f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>"
    return _page(paper=paper, home="/", title=f"{title} | {paper}", main=main)


def _page(*, paper: str, home: str, title: str, main: str, head: str = "") -> str:
    return PAGE.substitute(
        paper=escape(paper), home=home, title=escape(title), main=main, head=head
    )


def _described(article: Article, *, published_at: datetime, address: str) -> str:
    # A silent edit leaves the dates as they were: that is what makes it silent.
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.standfirst,
        "articleSection": article.section,
        "datePublished": published_at.isoformat(),
        "dateModified": published_at.isoformat(),
        "inLanguage": "en",
        "mainEntityOfPage": address,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": PAPERS[article.paper]},
    }
    # «<» could end the script element early.
    data = json.dumps(facts, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    meta = {
        "og:type": "article",
        "og:title": article.headline,
        "og:site_name": PAPERS[article.paper],
        "og:url": address,
        "article:published_time": published_at.isoformat(),
    }
    return (
        f'<meta name="author" content="{escape(article.author)}">\n'
        f'<meta name="description" content="{escape(article.standfirst)}">\n'
        + "".join(
            f'<meta property="{name}" content="{escape(value)}">\n'
            for name, value in meta.items()
        )
        + f'<link rel="canonical" href="{escape(address)}">\n'
        f'<script type="application/ld+json">\n{data}\n</script>\n'
    )
