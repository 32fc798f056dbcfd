"""What was chosen where two had written, made into the form that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

CHOOSE = "choose_"
SIDES = ("base", "theirs", "yours", "own")


def chosen(data: QueryDict) -> QueryDict:
    """
    Return what a form would send that shows only what was chosen.

    Each field of a conflict comes as four, of which `choose_…` names one. Whoever wrote
    their own words anew and left «yours» chosen meant the new ones.
    """
    names = [key.removeprefix(CHOOSE) for key in data if key.startswith(CHOOSE)]
    if not names:
        return data
    resolved = data.copy()
    for name in names:
        sides = {side: data.get(f"{side}_{name}", "") for side in SIDES}
        choice = str(data[f"{CHOOSE}{name}"])
        if choice == "yours" and f"own_{name}" in data:
            choice = "own"
        resolved[name] = sides.get(choice, sides["yours"])
        for key in (f"{CHOOSE}{name}", *(f"{side}_{name}" for side in SIDES)):
            resolved.pop(key, None)
    return resolved
