"""
The keys of the desk, and which of them a person has changed.

The table is the one place that says what a key does. An element of a page names the
desk's own key (`data-key="a"`), whatever the person presses for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from claims.models.desk import KeyChoice
from claims.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser, User
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: what it is called in a form, the desk's own character, what it does."""

    name: str
    own: str
    does: str | _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Keys that go together."""

    title: str | _StrPromise
    keys: tuple[Key, ...]


def _key(name: str, own: str, does: str | _StrPromise) -> Key:
    return Key(name=name, own=own, does=does)


TABLE = (
    Heap(
        title=_("Getting about"),
        keys=(
            _key("next_row", "j", _("Go to the next one")),
            _key("row_before", "k", _("Go to the one before")),
            _key("open", "o", _("Open it")),
            _key("select", "x", _("Select it, or no longer")),
            _key("search", "/", _("Search")),
            _key("source_before", "[", _("Go to the source before")),
            _key("next_source", "]", _("Go to the next source")),
            _key("help", "?", _("Show the keys")),
        ),
    ),
    Heap(
        title=_("A claim, a candidate"),
        keys=(
            _key("take", "a", _("Take the claim, accept the candidate")),
            _key("next", "n", _("Go on to the next that waits")),
            _key("snooze", "s", _("Put it off")),
            _key("edit", "e", _("Edit it")),
            _key("assess", "t", _("Add an assessment")),
            _key("anchor", "q", _("Cite words on a page, or the words that changed")),
            _key("check", "v", _("Check a page now")),
            _key("undo", "u", _("Undo")),
        ),
    ),
    Heap(
        title=_("A verdict"),
        keys=(
            *(
                _key(f"verdict_{number}", str(number), verdict.label)
                for number, verdict in enumerate(Verdict, start=1)
            ),
            _key("note", "m", _("Write the summary or the note; merge the candidate")),
            _key("preview", "p", _("Preview what will be published")),
            _key("compare", "c", _("Compare both verdicts")),
            _key("agree", "y", _("Agree: confirm it, or decide as the first did")),
            _key("disagree", "d", _("Disagree: set it aside, or decide as the second")),
            _key("return", "r", _("Return the review, reject the candidate")),
            _key("correct", "f", _("Start a correction")),
        ),
    ),
)
KEYS = tuple(key for heap in TABLE for key in heap.keys)
# Not of one character, so they disturb nobody who types or speaks (WCAG 2.1.4).
ALWAYS = (
    ("Ctrl Enter", _("Send the form")),
    ("Esc", _("Leave the field")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """The keys as one person has them."""

    are_on: bool
    pressed: Mapping[str, str]  # name of a key → what this person presses, or nothing

    @property
    def for_script(self) -> dict[str, object]:
        """What keys.js is told: the desk's own key for each that is pressed."""
        own = {self.pressed[key.name]: key.own for key in KEYS}
        own.pop("", None)
        return {"on": self.are_on, "own": own}

    @property
    def heaps(self) -> list[tuple[Heap, list[tuple[Key, str]]]]:
        """The table, with what this person presses."""
        return [
            (heap, [(key, self.pressed[key.name]) for key in heap.keys])
            for heap in TABLE
        ]


def keyboard(person: User | AnonymousUser) -> Keyboard:
    """Return the keys of this person."""
    choice = None
    if person.is_authenticated:
        choice = KeyChoice.objects.filter(person=person).first()
    changed = choice.keys if choice else {}
    return Keyboard(
        are_on=choice.are_on if choice else True,
        pressed={key.name: changed.get(key.name, key.own) for key in KEYS},
    )


def choose(person: User, *, pressed: Mapping[str, str], are_on: bool) -> None:
    """Keep what this person presses for each key; `shared` has nothing to say of it."""
    changed = {
        key.name: pressed[key.name] for key in KEYS if pressed[key.name] != key.own
    }
    KeyChoice.objects.update_or_create(
        person=person, defaults={"keys": changed, "are_on": are_on}
    )


def switch(person: User, *, are_on: bool) -> None:
    """Switch the keys of this person on or off, and leave them as they are."""
    KeyChoice.objects.update_or_create(person=person, defaults={"are_on": are_on})


def reset(person: User) -> None:
    """Give this person the desk's own keys, switched on."""
    KeyChoice.objects.filter(person=person).delete()


def shared(pressed: Mapping[str, str]) -> list[list[Key]]:
    """Return the keys that could not be told apart, those of one character together."""
    found: dict[str, list[Key]] = defaultdict(list)
    for key in KEYS:
        if character := pressed[key.name]:
            found[character].append(key)
    return [keys for keys in found.values() if len(keys) > 1]
