"""What can be seen on a page of whether it is the page that was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sources.net import Fetched
from sources.obstacles import addresses, phrases
from sources.obstacles.markup import Head, head, nothing, without_links
from sources.obstacles.prose import prose_of
from sources.readable import Page
from sources.readable.charsets import decoded
from sources.readable.seeing import blocks, tree

_SEPARATOR = re.compile(r"\s+[|–—·•»«>/:~-]+\s+|\s*[|•»]\s*|:\s+")
_SITE_WORDS = 4  # in what stands beside a notice in a title, where that names the site
_LINE = 90  # characters; what is longer is a sentence
_SENTENCE = re.compile(
    r"\w[\w\s,;:()'’\"–-]{30,}[.!?…。！？؟।]|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{18,}[。！？.]"
)
_MOST_BLOCKS = 250


@dataclass(frozen=True, kw_only=True)
class Impression:
    """A page, seen by somebody who wants to know whether it is one."""

    asked: str  # the address that is cited
    landed: str  # where the visitor ends up
    led: bool  # by redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes = field(repr=False)
    title: str
    site: str  # what it calls itself
    blocks: tuple[str, ...] = field(repr=False)  # everything a reader sees
    own_blocks: tuple[str, ...] = field(repr=False)  # without menus, links and forms
    head: Head = field(repr=False)
    prose: int  # characters of running text

    @cached_property
    def text(self) -> str:
        return "\n".join(self.blocks)

    @cached_property
    def words(self) -> str:
        """Everything a reader sees and the title, in plain lower case, cut where it is long."""
        return phrases.plain("\n".join((*self.titles, self.text[:6_000])))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The titles it gives itself."""
        return tuple(dict.fromkeys(t for t in (*self.head.titles, self.title) if t))

    @property
    def headings(self) -> tuple[str, ...]:
        return self.head.headings

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Short blocks that are no headings."""
        said = {*self.headings, *self.titles}
        few = self.blocks[:_MOST_BLOCKS]
        return tuple(b for b in few if len(b) <= _LINE and b not in said)

    @cached_property
    def title_parts(self) -> tuple[str, ...]:
        """What the titles say beside the name of the site."""
        found: list[str] = []
        for title in self.titles:
            parts = [part for part in _SEPARATOR.split(title) if part]
            found += [part for part in parts if self._may_be_all(part, parts)]
            found.append(title)
        return tuple(dict.fromkeys(found))

    def _may_be_all(self, part: str, parts: list[str]) -> bool:
        """Say whether the rest of a title is no more than the name of a site."""
        rest = [one for one in parts if one is not part and not self._names_site(one)]
        rest = [
            one
            for one in rest
            if not phrases.is_number(one) and not phrases.is_cry(one)
        ]
        rest = [one for one in rest if not phrases.is_notice(one)]
        return sum(len(one.split()) for one in rest) <= (
            _SITE_WORDS if len(rest) == 1 and parts[-1] is rest[0] else 2
        )

    def _names_site(self, part: str) -> bool:
        plain = re.sub(r"\W", "", part.lower())
        site = re.sub(r"\W", "", self.site.lower())
        host = re.sub(r"\W", "", addresses.host(self.landed))
        return bool(plain) and (plain == site or (len(plain) > 2 and plain in host))

    @cached_property
    def is_short(self) -> bool:
        return len(self.text) < 400

    @cached_property
    def apology(self) -> str:
        """The first block that says in a sentence that the page is not there."""
        few = self.blocks[:_MOST_BLOCKS]
        said = {*self.headings, *self.titles}
        return next((b for b in few if b not in said and phrases.apologises(b)), "")

    @cached_property
    def has_more_to_say(self) -> bool:
        """Some sentence is neither a notice nor advice for those who lost their way."""
        return any(
            _SENTENCE.search(block)
            and not phrases.apologises(block)
            and not phrases.advises(block)
            for block in self.own_blocks[:_MOST_BLOCKS]
        )

    @property
    def is_described_as_article(self) -> bool:
        """It describes itself to machines as an article."""
        return self.head.article_markup and not any(
            phrases.is_notice(part) for part in self.title_parts
        )

    @cached_property
    def is_about_its_address(self) -> bool:
        """Its heading has the words of the address."""
        wanted = addresses.words(self.asked)
        if not wanted:
            return False
        said = [one for one in (*self.titles, *self.headings[:4]) if _is_subject(one)]
        spoken = " ".join(said).lower()
        found = sum(word in spoken for word in wanted)
        return found >= max(1, (len(wanted) + 1) // 2) and (
            found >= 2 or len(wanted) == 1
        )

    @cached_property
    def is_strange_to_its_address(self) -> bool:
        """Of three words or more in its address, none is on the page."""
        wanted = addresses.words(self.asked)
        text = self.text.lower()
        return len(wanted) >= 3 and not any(word in text for word in wanted)


def _is_subject(heading: str) -> bool:
    return not (phrases.mentions(heading) or phrases.is_of_a_search(heading))


def impression(asked: str, fetched: Fetched, page: Page) -> Impression:
    """Look at a page that was fetched for this address and has been read."""
    markup, _ = decoded(fetched.body, declared=fetched.charset)
    parsed = tree(markup) if page.media_type != "text/plain" else None
    if parsed is None:
        seen, own = nothing(), page.blocks
        # Where there is no tree, what is long is taken for running text.
        prose = sum(len(block) for block in page.blocks if len(block) > _LINE)
    else:
        seen = head(parsed, markup=markup, base=fetched.final_url)
        prose = prose_of(parsed)
        own = blocks(without_links(parsed))
    return Impression(
        asked=asked,
        landed=fetched.final_url,
        led=bool(fetched.hops),
        status=fetched.status,
        headers=fetched.headers,
        body=fetched.body,
        title=page.title,
        site=page.publisher,
        blocks=page.blocks,
        own_blocks=own,
        head=seen,
        prose=prose,
    )
