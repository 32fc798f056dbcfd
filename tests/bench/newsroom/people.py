"""Who works in the newsroom."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

REVIEWERS = 24


def staff() -> list[User]:
    """Return the reviewers, in their order."""
    return [_person(f"bench-reviewer-{n}", "reviewer") for n in range(REVIEWERS)]


def editor() -> User:
    """Return the one who edits."""
    return _person("bench-editor", "editor")


def _person(name: str, group: str) -> User:
    found, made = User.objects.get_or_create(username=name)
    if made:
        found.groups.add(Group.objects.get(name=group))
    return found
