"""Where reading an article went wrong, paragraph by paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.evaluation.annotations import AnnotatedArticle, Attribution, Ranges
from claims.evaluation.extraction import SAME_SPAN, Pair, paired, right_source
from claims.evaluation.outcome import Hue, Mark, Miss, Shown

QUOTED, TOLD, NOTHING = "quoted", "told", "nothing"
_PARAGRAPH = re.compile(r"[^\n]+")


def forms_taken_for(
    article: AnnotatedArticle, found: Sequence[Attribution]
) -> Counter[tuple[str, str]]:
    """Count what each marked statement was found as, and what was found besides."""
    pairs = _same(article, found)
    taken = Counter((_form(pair.marked), _form(pair.found)) for pair in pairs)
    hit, met = _ids(pair.found for pair in pairs), _ids(pair.marked for pair in pairs)
    taken.update(
        (_form(each), NOTHING) for each in article.attributions if id(each) not in met
    )
    taken.update((NOTHING, _form(each)) for each in found if id(each) not in hit)
    return taken


def misread_paragraphs(
    article: AnnotatedArticle, found: Sequence[Attribution]
) -> Iterator[Miss]:
    """Yield the paragraphs in which a statement or a speaker is not as marked."""
    pairs = _same(article, found)
    hit, met = _ids(pair.found for pair in pairs), _ids(pair.marked for pair in pairs)
    missed = [each for each in article.attributions if id(each) not in met]
    invented = [each for each in found if id(each) not in hit]
    astray = [pair for pair in pairs if not right_source(article.text, pair)]
    for stretch in _PARAGRAPH.finditer(article.text):
        here = _Paragraph(article.text, stretch.start(), stretch.end())
        faults = _Faults(
            missed=[each for each in missed if here.begins(each)],
            invented=[each for each in invented if here.begins(each)],
            astray=[pair for pair in astray if here.begins(pair.marked)],
        )
        if faults.number:
            yield Miss(
                id=article.id,
                says=faults.sentence(article.text),
                texts=(
                    here.shown(
                        "As people marked it",
                        [(each, id(each) in met) for each in article.attributions],
                        Hue.MISSED,
                    ),
                    here.shown(
                        "As it was read",
                        [(each, id(each) in hit) for each in found],
                        Hue.INVENTED,
                    ),
                ),
                loss=faults.number,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Faults:
    missed: list[Attribution] = field(default_factory=list)
    invented: list[Attribution] = field(default_factory=list)
    astray: list[Pair] = field(default_factory=list)  # found, with another speaker

    @property
    def number(self) -> int:
        return len(self.missed) + len(self.invented) + len(self.astray)

    def sentence(self, text: str) -> str:
        parts = [
            f"{len(self.missed)} missed" if self.missed else "",
            f"{len(self.invented)} found that people did not mark"
            if self.invented
            else "",
            *(
                f"«{_words(text, pair.found.source)}» for"
                f" «{_words(text, pair.marked.source)}» as the speaker"
                for pair in self.astray
            ),
        ]
        return "; ".join(filter(None, parts)) + "."


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str  # of the whole article
    start: int
    end: int

    def begins(self, each: Attribution) -> bool:
        """Tell whether a statement begins here."""
        return any(self.start <= start < self.end for start, _ in each.content[:1])

    def shown(
        self, title: str, statements: list[tuple[Attribution, bool]], hue: Hue
    ) -> Shown:
        """Return the paragraph with its statements marked, agreed or not."""
        hues: dict[int, Hue] = {}
        # What people and machine agree about gives way where statements overlap.
        for each, agreed in sorted(statements, key=lambda pair: not pair[1]):
            for start, end in each.content:
                for place in range(max(start, self.start), min(end, self.end)):
                    hues[place - self.start] = Hue.AGREED if agreed else hue
        return Shown(
            title=title,
            text=self.text[self.start : self.end],
            marks=tuple(_runs(hues)),
        )


def _runs(hues: dict[int, Hue]) -> Iterator[Mark]:
    begun: Mark | None = None
    for place in sorted(hues):
        if begun and begun.end == place and begun.hue == hues[place]:
            begun = Mark(begun.start, place + 1, begun.hue)
            continue
        if begun:
            yield begun
        begun = Mark(place, place + 1, hues[place])
    if begun:
        yield begun


def _same(article: AnnotatedArticle, found: Sequence[Attribution]) -> list[Pair]:
    pairs = paired(article.text, found=found, marked=article.attributions)
    return [pair for pair in pairs if pair.overlap >= SAME_SPAN]


def _form(each: Attribution) -> str:
    return QUOTED if each.quoted else TOLD


def _ids(statements: Iterator[Attribution]) -> set[int]:
    # By identity: two statements of one article may read alike.
    return {id(each) for each in statements}


def _words(text: str, ranges: Ranges) -> str:
    return " … ".join(text[start:end] for start, end in ranges) or "nobody"
