"""
Who is meant: "he", "Parsi" and "the ministry" become the names they stand for.

An article introduces a speaker in full and is brief afterwards, so the fullest
name that fits is looked for, before the mention first, behind it if need be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from claims.extraction.candidate import Kind, Speaker
from claims.extraction.kinds import kind_of
from claims.extraction.names import Mention, Wording
from claims.extraction.titles import COURTESY

_SINGULAR_PERSONS = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_THINGS = frozenset({"it", "its", "itself"})
_SEVERAL = frozenset({"they", "them", "their", "themselves"})
NEAR_CHARACTERS = 1_500  # how far back a pronoun reaches
MAX_BACK_REFERENCE_WORDS = 3  # "the foreign ministry"; more would be told anew


class Cast:
    """Everybody an article names, in the order of their mentions."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        unique = {each.start: each for each in mentions}
        self._all = [unique[start] for start in sorted(unique)]
        self._starts = [each.start for each in self._all]
        self._speakers: list[tuple[int, Speaker]] = []

    def speaker(self, mention: Mention) -> Speaker:
        """Say whom a mention means; call in reading order, for "he" leans on that."""
        speaker = self._resolved(mention)
        self._speakers.append((mention.start, speaker))
        return speaker

    def _resolved(self, mention: Mention) -> Speaker:
        if mention.wording is Wording.PRONOUN:
            meant = self._behind_pronoun(mention)
            return meant if meant is not None else _as_written(mention)
        # A surname at the head of a sentence is easily taken for a noun.
        if mention.wording is Wording.NAME or any(
            _same_surname(each, mention) for each in self._all
        ):
            return self._named(mention)
        return self._described(mention)

    def _named(self, mention: Mention) -> Speaker:
        alike = [each for each in self._all if _same_name(each, mention)] + [
            each for each in self._all if _same_surname(each, mention)
        ]
        fullest = max(
            alike,
            key=lambda each: (len(each.name.split()), -each.start),
            default=mention,
        )
        if fullest.label != "PERSON" and len(fullest.name) < len(mention.name):
            fullest = mention
        return _completed(fullest, [mention, *alike])

    def _described(self, mention: Mention) -> Speaker:
        """Find "Iran's foreign ministry" for "the ministry", Obama for his office."""
        if not mention.definite or len(mention.text.split()) > MAX_BACK_REFERENCE_WORDS:
            return _as_written(mention)
        before = self._before(mention)[::-1]
        fuller = (
            each
            for each in before
            if each.head == mention.head
            and each.wording is not Wording.PRONOUN
            and len(each.text) > len(mention.text)
        )
        holder = (each for each in before if _holds_office(each, mention))
        meant = next(holder, None) or next(fuller, None)
        if meant is None:
            return _as_written(mention)
        return (
            self._named(meant) if meant.wording is Wording.NAME else _as_written(meant)
        )

    def _behind_pronoun(self, mention: Mention) -> Speaker | None:
        if mention.head in _SINGULAR_PERSONS:
            return self._last(mention, {Kind.PERSON})
        if mention.head in _THINGS:
            return self._last(
                mention,
                {Kind.ORGANISATION, Kind.GOVERNMENT, Kind.MILITARY, Kind.MEDIA},
            )
        if mention.head in _SEVERAL:
            return self._last(mention, set(Kind) - {Kind.PERSON})
        return None

    def _last(self, mention: Mention, kinds: set[Kind]) -> Speaker | None:
        near = mention.start - NEAR_CHARACTERS
        subject = next(
            (
                each
                for each in reversed(self._before(mention))
                if each.subject
                and each.wording is not Wording.PRONOUN
                and kind_of(each) in kinds
            ),
            None,
        )
        spoke = next(
            (
                (start, speaker)
                for start, speaker in reversed(self._speakers)
                if speaker.kind in kinds
            ),
            None,
        )
        if (
            subject
            and (spoke is None or subject.start > spoke[0])
            and subject.start > near
        ):
            return self._resolved(subject)
        return spoke[1] if spoke else None

    def _before(self, mention: Mention) -> list[Mention]:
        return self._all[: bisect_left(self._starts, mention.start)]


def _as_written(mention: Mention) -> Speaker:
    return Speaker(
        name=mention.name,
        kind=kind_of(mention),
        role=mention.role,
        affiliation=mention.affiliation,
    )


def _completed(mention: Mention, others: list[Mention]) -> Speaker:
    told = [each for each in [mention, *others] if each.role]
    best = max(told, key=lambda each: len(each.role), default=mention)
    label = next((each.label for each in [mention, *others] if each.label), "")
    return _as_written(
        replace(mention, role=best.role, affiliation=best.affiliation, label=label)
    )


def _same_name(one: Mention, other: Mention) -> bool:
    if one.wording is not Wording.NAME:
        return False
    longer, shorter = _bare(one.name), _bare(other.name)
    return bool(shorter) and longer[-len(shorter) :] == shorter


def _same_surname(person: Mention, mention: Mention) -> bool:
    """Find Trita Parsi for "Parsi of the Quincy Institute"."""
    return (
        person.label == "PERSON"
        and mention.label != "PERSON"
        and person.head == mention.head
        and " " in person.name
    )


def _holds_office(person: Mention, mention: Mention) -> bool:
    if person.wording is not Wording.NAME:
        return False
    office = mention.text.lower().split(" ", 1)[-1]
    return person.role.lower() in {office, f"current {office}", f"acting {office}"}


def _bare(name: str) -> list[str]:
    return [word for word in name.casefold().split() if word not in COURTESY]
