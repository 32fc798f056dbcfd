"""
Who is meant: "he", "Parsi" and "the ministry" become the names they stand for.

An article introduces a speaker in full and is brief afterwards, so the fullest
name that fits is looked for, before the mention first, behind it if need be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from claims.extraction.candidate import Kind, Speaker
from claims.extraction.kinds import kind_of
from claims.extraction.names import Mention, Wording
from claims.extraction.titles import COURTESY

_BODIES = frozenset({Kind.ORGANISATION, Kind.GOVERNMENT, Kind.MILITARY, Kind.MEDIA})
_PERSONS = frozenset({Kind.PERSON})
_MEANT_BY = {
    **dict.fromkeys(("he", "him", "his", "she", "her", "hers"), _PERSONS),
    **dict.fromkeys(("himself", "herself"), _PERSONS),
    **dict.fromkeys(("it", "its", "itself"), _BODIES),
    **dict.fromkeys(("they", "them", "their", "themselves"), _BODIES | {Kind.GROUP}),
}
NEAR_CHARACTERS = 1_500  # how far back a pronoun reaches
MAX_BACK_REFERENCE_WORDS = 3  # "the foreign ministry"; more would be told anew
MAX_ALIKE = 200  # mentions of one name that are looked at for its fullest form


class Cast:
    """Everybody an article mentions, by the words that may point back at them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        unique = {each.start: each for each in mentions}
        self._by_last_word: dict[str, list[Mention]] = defaultdict(list)
        self._by_surname: dict[str, list[Mention]] = defaultdict(list)
        self._by_head: dict[str, list[Mention]] = defaultdict(list)
        self._by_office: dict[str, list[Mention]] = defaultdict(list)
        self._subjects: list[Mention] = []
        self._last_speakers: dict[Kind, tuple[int, Speaker]] = {}
        for start in sorted(unique):
            if unique[start].wording is not Wording.PRONOUN:
                self._enter(unique[start])

    def _enter(self, mention: Mention) -> None:
        self._by_head[mention.head].append(mention)
        if mention.subject:
            self._subjects.append(mention)
        if mention.wording is not Wording.NAME:
            return
        for word in _bare(mention.name)[-1:]:
            self._by_last_word[word].append(mention)
        if mention.label == "PERSON" and " " in mention.name:
            self._by_surname[mention.head].append(mention)
        if mention.role:
            self._by_office[mention.role.lower()].append(mention)

    def speaker(self, mention: Mention) -> Speaker:
        """Say whom a mention means; call in reading order, for "he" leans on that."""
        speaker = self._resolved(mention)
        self._last_speakers[speaker.kind] = (mention.start, speaker)
        return speaker

    def _resolved(self, mention: Mention) -> Speaker:
        if mention.wording is Wording.PRONOUN:
            return self._behind_pronoun(mention) or _as_written(mention)
        # A surname at the head of a sentence is easily taken for a noun.
        if mention.wording is Wording.NAME or mention.head in self._by_surname:
            return self._named(mention)
        return self._described(mention)

    def _named(self, mention: Mention) -> Speaker:
        alike = [
            each
            for word in _bare(mention.name)[-1:]
            for each in self._by_last_word[word][:MAX_ALIKE]
            # "The real Trump" is no fuller name of Trump.
            if _ends_alike(each.name, mention.name)
            and each.definite <= mention.definite
        ]
        if mention.label != "PERSON":
            alike += self._by_surname.get(mention.head, [])[:MAX_ALIKE]
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
        office = mention.text.lower().split(" ", 1)[-1]
        if holder := _last_before(self._by_office.get(office, []), mention):
            return self._named(holder)
        fuller = [
            each
            for each in self._by_head.get(mention.head, [])
            if len(each.text) > len(mention.text)
        ]
        meant = _last_before(fuller[:MAX_ALIKE], mention)
        if meant is None:
            return _as_written(mention)
        return (
            self._named(meant) if meant.wording is Wording.NAME else _as_written(meant)
        )

    def _behind_pronoun(self, mention: Mention) -> Speaker | None:
        kinds = _MEANT_BY.get(mention.head, frozenset())
        subject = self._last_subject(mention, kinds)
        spoke = max(
            (self._last_speakers[kind] for kind in kinds & self._last_speakers.keys()),
            key=lambda spoken: spoken[0],
            default=None,
        )
        if subject is not None and (spoke is None or subject.start > spoke[0]):
            return self._resolved(subject)
        return spoke[1] if spoke else None

    def _last_subject(self, mention: Mention, kinds: frozenset[Kind]) -> Mention | None:
        place = bisect_left(self._subjects, mention.start, key=lambda each: each.start)
        for each in reversed(self._subjects[max(0, place - MAX_ALIKE) : place]):
            if each.start < mention.start - NEAR_CHARACTERS:
                return None
            if kind_of(each) in kinds:
                return each
        return None


def _last_before(mentions: list[Mention], mention: Mention) -> Mention | None:
    return next(
        (each for each in reversed(mentions) if each.start < mention.start), None
    )


def _as_written(mention: Mention) -> Speaker:
    return Speaker(
        name=mention.name,
        kind=kind_of(mention),
        role=mention.role,
        affiliation=mention.affiliation,
    )


def _completed(mention: Mention, others: list[Mention]) -> Speaker:
    """Name a speaker with what any of the mentions tells about the office."""
    told = [each for each in [mention, *others] if each.role]
    best = max(told, key=lambda each: len(each.role), default=mention)
    label = next((each.label for each in [mention, *others] if each.label), "")
    return _as_written(
        replace(mention, role=best.role, affiliation=best.affiliation, label=label)
    )


def _ends_alike(longer: str, shorter: str) -> bool:
    words = _bare(shorter)
    return _bare(longer)[-len(words) :] == words


def _bare(name: str) -> list[str]:
    return [word for word in name.casefold().split() if word not in COURTESY]
