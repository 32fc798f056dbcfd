"""Those who can sign in to the demo. Their password is no secret: DEMO_PASSWORD."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from claims.access import Role

DEMO_PASSWORD = "demo"  # noqa: S105
# Sign-in name: role, first and last name.
PEOPLE = {
    "admin": (Role.ADMIN, "Ada", "Winther"),
    "editor": (Role.EDITOR, "Edith", "Marlow"),
    "ana": (Role.REVIEWER, "Ana", "Lindqvist"),
    "ben": (Role.REVIEWER, "Ben", "Okafor"),
    "contributor": (Role.CONTRIBUTOR, "Cosmo", "Reyes"),
    "reader": (Role.READER, "Rita", "Hale"),
}


def sign_ins() -> dict[str, User]:
    """Return everybody by sign-in name; whoever is missing is let in first."""
    return {name: _person(name) for name in PEOPLE}


def _person(name: str) -> User:
    role, first, last = PEOPLE[name]
    if known := User.objects.filter(username=name).first():
        return known
    person = User.objects.create_user(
        name,
        password=DEMO_PASSWORD,
        first_name=first,
        last_name=last,
        is_staff=role >= Role.EDITOR,
        is_superuser=role is Role.ADMIN,
    )
    person.groups.add(Group.objects.get_or_create(name=role.group)[0])
    return person
