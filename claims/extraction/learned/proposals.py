"""Every way a paragraph's statements might be cut out, with what is weighed about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING

from claims.extraction.draft import Draft, Stretch
from claims.extraction.learned.cut_features import of_cut
from claims.extraction.learned.features import of_lead
from claims.extraction.learned.leads import Lead, leads
from claims.extraction.learned.stretches import Cut, Shape, cuts
from claims.extraction.sources import mention
from claims.extraction.times import time_told

if TYPE_CHECKING:
    from claims.extraction.learned.page import Page

# Below this a lead is not looked into: by a trial on marked articles one statement in
# forty begins so unlikely, and hardly any of those is chosen in the end.
FAINT = -2.9

Sure = Callable[[list[int]], float]  # what is thought of a lead, by its features


@dataclass(slots=True)
class Proposals:
    """A lead with its cuts; one of them at most is what was said."""

    lead: Lead
    features: list[int]
    sure: float
    cuts: list[Cut] = field(default_factory=list)
    by_rules: dict[tuple[Stretch, ...], Draft] = field(default_factory=dict)

    def cut_features(self, page: Page) -> list[list[int]]:
        """Return what is weighed about each cut."""
        level = floor(max(-4.0, min(4.0, self.sure * 1.5)))
        return [of_cut(self.lead, cut, page, sure=level) for cut in self.cuts]

    def draft(self, place: int) -> Draft:
        """Return one of the cuts as a draft."""
        pieces = self.cuts[place].pieces
        if pieces in self.by_rules:
            return self.by_rules[pieces]
        cue = self.lead.cue
        return Draft(
            pieces=pieces,
            cue=Stretch(cue.idx, cue.idx + len(cue)),
            source=mention(self.lead.speaker),
            speaker=self.lead.speaker,
            construction="learned",
            said=time_told(cue),
        )


def proposals(page: Page, *, sure: Sure | None = None) -> list[Proposals]:
    """Propose what a paragraph may hold; all leads count where `sure` is not given."""
    found: dict[tuple[int, int], Proposals] = {}
    for lead in leads(page.doc):
        group = _group(lead, page, sure)
        if group.sure > FAINT:
            group.cuts.extend(cuts(lead, page.quoted))
            found[lead.cue.i, lead.speaker.i] = group
    for draft in page.rules.every:
        _add(found, draft, page, sure)
    return [group for group in found.values() if group.cuts]


def _add(
    found: dict[tuple[int, int], Proposals],
    draft: Draft,
    page: Page,
    sure: Sure | None,
) -> None:
    cue = page.word_at(draft.cue.start)
    key = (cue.i, draft.speaker.i)
    if key not in found:
        found[key] = _group(Lead(cue, draft.speaker, "rule"), page, sure)
    group = found[key]
    if draft.pieces not in group.by_rules:
        group.by_rules[draft.pieces] = draft
        if not any(cut.pieces == draft.pieces for cut in group.cuts):
            group.cuts.append(Cut(Shape("rule", draft.construction), draft.pieces))


def _group(lead: Lead, page: Page, sure: Sure | None) -> Proposals:
    features = of_lead(lead, page)
    return Proposals(lead, features, sure(features) if sure else 0.0)


def apart(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Give each draft that shares no words with one that was given before."""
    taken: list[Draft] = []
    for draft in drafts:
        if not any(draft.overlaps(each) or each.overlaps(draft) for each in taken):
            taken.append(draft)
            yield draft
