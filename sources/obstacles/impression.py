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
_FEW_HEADINGS = 4
_SUBJECT_WORDS = 3
_TEASER = 150  # characters
_LINE = 90  # characters; what is longer is a sentence
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
        """What stands over the whole; of a page with many headings, the first rank."""
        every = self.head.headings
        return every if len(every) <= _FEW_HEADINGS else self.head.first_headings

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Short blocks that are no headings and stand in no menu."""
        return tuple(block for block in self._said if len(block) <= _LINE)

    @cached_property
    def _said(self) -> tuple[str, ...]:
        known = {*self.head.headings, *self.titles}
        few = self.own_blocks[:_MOST_BLOCKS]
        return tuple(block for block in few if block not in known)

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
        return len(rest) <= 2 and sum(map(_words, rest)) <= _SITE_WORDS

    def _names_site(self, part: str) -> bool:
        plain = _letters(part)
        names = {_letters(name) for name in (self.site, *self.head.home_names)}
        host = addresses.host(self.landed)
        return bool(plain) and (
            plain in names
            or (len(plain) > 2 and plain in _letters(host))
            or _letters(host.rpartition(".")[0]) in plain.split("the", 1)
        )

    @property
    def has_little_text(self) -> bool:
        """No running text but perhaps a teaser."""
        return self.prose < _TEASER

    @cached_property
    def is_short(self) -> bool:
        return len(self.text) < 400

    @cached_property
    def apology(self) -> str:
        """The first block that says in a sentence that the page is not there."""
        return next(
            (
                block
                for block in self._said
                if phrases.apologises(block) and not _is_line(block)
            ),
            "",
        )

    @cached_property
    def has_subject(self) -> bool:
        """Its heading is about something, and not only the name of the site."""
        return any(
            _words(one) >= _SUBJECT_WORDS
            and not phrases.is_notice(one)
            and not phrases.is_cry(one)
            and not self._names_site(one)
            for one in (*self._title_pieces, *self.headings)
        )

    @property
    def _title_pieces(self) -> tuple[str, ...]:
        pieces = (piece for title in self.titles for piece in _SEPARATOR.split(title))
        return tuple(filter(None, pieces))

    @cached_property
    def is_about_its_address(self) -> bool:
        """Its heading has the words of the address."""
        wanted = addresses.words(self.asked)
        if not wanted:
            return False
        said = [*self.titles, *self.headings[:4]]
        if not self.is_asked_for_a_notice:
            said = [one for one in said if _is_subject(one)]
        spoken = " ".join(said).lower()
        found = sum(word in spoken for word in wanted)
        return found >= max(1, (len(wanted) + 1) // 2) and (
            found >= 2 or len(wanted) == 1
        )

    @cached_property
    def is_asked_for_a_notice(self) -> bool:
        """The address itself speaks of pages that are not there."""
        return addresses.says_error(self.asked) or phrases.mentions(
            addresses.spelled_out(self.asked)
        )

    @cached_property
    def is_strange_to_its_address(self) -> bool:
        """Of three words or more in its address, hardly one is on the page."""
        wanted = addresses.words(self.asked)
        text = self.text.lower()
        found = sum(word in text for word in wanted)
        return len(wanted) >= 3 and found <= len(wanted) // 5


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _is_line(block: str) -> bool:
    return len(block) <= _LINE and phrases.is_notice(block)


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
