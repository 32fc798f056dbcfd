"""
A small web of invented newspapers, the same at every run.

Sizes are those of real pages: log-normal, 60 kB in the middle, 400 kB at the 95th
percentile. The article is a small part of each; menus, teasers, advertisements, styles
and scripts make up the rest. The words are this project's own.
"""

from __future__ import annotations

import gzip
import math
import random
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from statistics import NormalDist

DOCUMENTS = 30
HOSTS = tuple(f"127.0.0.{n}" for n in range(2, 102))
MEDIAN_BYTES = 60_000
SPREAD = math.log(400_000 / 60_000) / NormalDist().inv_cdf(0.95)

_WHO = (
    "The harbour office",
    "A spokesman for the ministry",
    "The river board",
    "Mayor Ilse Tarn",
    "The union of ferry crews",
    "An engineer of the northern grid",
    "The hospital of Ostrel",
    "A member of the audit court",
    "The regional council",
    "General Pavo Linde",
)
_SAYING = ("said", "confirmed", "told this paper", "wrote in a letter", "announced")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHAT = (
    "the dam above Brenn",
    "the new tariff",
    "the second bridge",
    "the night ferry",
    "the vaccination campaign",
    "the school budget",
    "the grain store",
    "the eastern substation",
    "the census of wells",
    "the repair of the old quay",
)
_DONE = (
    "had cost",
    "had reached",
    "had left without power",
    "had been delayed for",
    "had taken from",
    "had brought back",
    "had been promised to",
    "had been counted in",
)
_THINGS = (
    "families",
    "workshops",
    "tonnes of barley",
    "passengers",
    "classrooms",
    "households",
    "crates of medicine",
    "metres of cable",
    "days of work",
)
_WHERE = (
    "in the valley",
    "along the coast",
    "north of the station",
    "around Ostrel",
    "in the three border towns",
    "between the two rivers",
    "near the airfield",
)
_SECTIONS = (
    "World",
    "Coast",
    "Money",
    "Weather",
    "Letters",
    "Sport",
    "Books",
    "Harbour",
)

# What stands in place of something that differs from one visit to the next.
_NONCE = "\x01" * 16  # in attributes and scripts: no reader sees it
_MOMENT = "\x02" * 8  # in the text: the time, an advertisement


class Mode(StrEnum):
    """How a page answers whoever has seen it before."""

    NOT_MODIFIED = "304"
    SAME_BODY = "body"  # without validators
    SAME_BODY_PACKED = "packed"  # the same, in gzip
    SAME_TEXT = "text"  # other nonces
    SAME_ARTICLE = "article"  # other nonces, advertisements and times
    CHANGED_WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article with everything around it."""

    number: int
    quote: str  # one sentence of it
    other: str  # another one
    _markup: str

    @property
    def word_in_quote(self) -> bool:
        """Say whether the word that an editor changes stands in the quote."""
        return self.number % 2 == 0

    def body(self, mode: Mode, visit: int) -> bytes:
        """Return what this visit sees; 0 is the first one."""
        markup = self._markup
        if mode is Mode.CHANGED_WORD and visit:
            sentence = self.quote if self.word_in_quote else self.other
            changed = sentence.replace(" had ", " had never ")
            markup = markup.replace(sentence, changed)
        nonces = visit if mode in {Mode.SAME_TEXT, Mode.SAME_ARTICLE} else 0
        moments = visit if mode is Mode.SAME_ARTICLE else 0
        return (
            markup.replace(_NONCE, f"{nonces * 7919 + self.number:016x}")
            .replace(_MOMENT, f"{9 + moments:02d}:{self.number:02d}:00")
            .encode()
        )

    def validators(self) -> tuple[str, str]:
        """Return ETag and Last-Modified; some sites give one, some both."""
        etag = f'"d-{self.number}"' if self.number % 3 != 1 else ""
        changed = f"Mon, 0{self.number % 9 + 1} Jun 2026 10:00:00 GMT"
        return etag, changed if self.number % 3 else ""


def path(mode: Mode, document: int, visit: int) -> str:
    """Return where a document is; each visit but the first at an address of its own."""
    return f"/{mode}/{document}/{visit}"


def link(mode: Mode, number: int, *, port: int) -> str:
    """Return one of any number of links to visit again."""
    host = HOSTS[number % len(HOSTS)]
    return f"http://{host}:{port}{path(mode, number % DOCUMENTS, number + 1)}"


def packed(body: bytes) -> bytes:
    """Return a body as servers send it."""
    return gzip.compress(body, compresslevel=5, mtime=0)


@cache
def documents() -> tuple[Document, ...]:
    """Return every document, small ones and large ones in their real proportion."""
    return tuple(map(_document, range(DOCUMENTS)))


def _document(number: int) -> Document:
    chance = random.Random(number)
    rank = NormalDist().inv_cdf((number + 0.5) / DOCUMENTS)
    size = round(MEDIAN_BYTES * math.exp(SPREAD * rank))
    sentences = _sentences(chance, max(12, min(100, size // 1_000)))
    words = "".join(
        f'<p class="body-{n}">{" ".join(sentences[n : n + 4])}</p>\n'
        + (_advertisement(n) if n % 16 == 8 else "")
        for n in range(0, len(sentences), 4)
    )
    rest = size - len(words) - 3_000
    return Document(
        number=number,
        quote=sentences[5],
        other=sentences[9],
        _markup=_page(number, chance, words, rest),
    )


def _sentences(chance: random.Random, many: int) -> list[str]:
    return [
        f"{chance.choice(_WHO)} {chance.choice(_SAYING)} on {chance.choice(_DAYS)} that "
        f"{chance.choice(_WHAT)} {chance.choice(_DONE)} {chance.randrange(100, 9_000)} "
        f"{chance.choice(_THINGS)} {chance.choice(_WHERE)}."
        for _ in range(many)
    ]


def _page(number: int, chance: random.Random, words: str, rest: int) -> str:
    title = f"{chance.choice(_WHAT).removeprefix('the ').capitalize()}, part {number}"
    menu = "".join(
        f'<li class="nav-{n}"><a href="/s/{n}">{section}</a></li>'
        for n, section in enumerate(_SECTIONS)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title} | The Ostrel Courier</title>"
        f'<meta name="csrf-token" content="{_NONCE}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="The Ostrel Courier">'
        f'<meta property="article:published_time" content="2026-06-01T08:00:00Z">'
        f"<style>{_styles(chance, rest * 15 // 100)}</style>"
        f'<script nonce="{_NONCE}">window.state={{{_state(chance, rest * 45 // 100)}}}'
        f"</script></head><body>"
        f"<header><a href='/'>The Ostrel Courier</a><nav><ul>{menu}</ul></nav>"
        f'<div class="clock">It is {_MOMENT}</div></header>'
        f"<main><article><h1>{title}</h1>\n{words}</article></main>"
        f'<aside><h2>More from the Courier</h2><ul data-v="{_NONCE}">'
        f"{_teasers(chance, rest * 40 // 100)}</ul></aside>"
        f"<footer><ul>{menu}</ul><p>The Ostrel Courier, 14 Quay Street</p>"
        f'<form action="/news"><input type="hidden" value="{_NONCE}"></form></footer>'
        f'<script nonce="{_NONCE}">ready("{_NONCE}")</script></body></html>'
    )


def _advertisement(number: int) -> str:
    return (
        f'<aside class="ad"><a href="https://ads.example/{number}?v={_NONCE}">'
        f"Tonight until {_MOMENT}: two pairs for one</a></aside>\n"
    )


def _styles(chance: random.Random, most: int) -> str:
    return _filled(
        most,
        lambda n: (
            f".c{n}>a:hover{{margin:{chance.randrange(40)}px auto;"
            f"color:#{chance.randrange(4096):03x}}}\n"
        ),
    )


def _state(chance: random.Random, most: int) -> str:
    return _filled(
        most,
        lambda n: (
            f'"k{n}":{{"id":{chance.randrange(10**9)},"u":"/img/{n}.webp","s":'
            f"[{chance.randrange(999)},{chance.randrange(999)}]}},"
        ),
    )


def _teasers(chance: random.Random, most: int) -> str:
    return _filled(
        most,
        lambda n: (
            f'<li class="teaser teaser--{n % 7}"><a href="/story/{n}" '
            f'data-track="teaser-{n}"><img loading="lazy" src="/img/{n}.webp" alt="">'
            f"<span>{chance.choice(_WHAT).capitalize()} "
            f"{chance.choice(_WHERE)}</span></a></li>\n"
        ),
    )


def _filled(most, piece) -> str:
    pieces, length = [], 0
    while length < most:
        pieces.append(piece(len(pieces)))
        length += len(pieces[-1])
    return "".join(pieces)
