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
    their own words anew and left «yours» chosen meant the new ones; own words beside
    another choice stay as `own_…`, in case there is something to choose once more.
    """
    names = [key.removeprefix(CHOOSE) for key in data if key.startswith(CHOOSE)]
    if not names:
        return data
    resolved = data.copy()
    for name in names:
        sides = {side: str(data.get(f"{side}_{name}", "")) for side in SIDES}
        choice = str(data[f"{CHOOSE}{name}"])
        began = str(data.get(f"had_{name}", sides["yours"]))
        wrote = f"own_{name}" in data and _lines(sides["own"]) != _lines(began)
        if choice == "yours" and wrote:
            choice = "own"
        resolved[name] = taken = sides.get(choice, sides["yours"])
        spoken = {_lines(taken), _lines(sides["yours"])}
        for key in (f"{CHOOSE}{name}", *(f"{side}_{name}" for side in (*SIDES, "had"))):
            resolved.pop(key, None)
        if f"own_{name}" in data and _lines(sides["own"]) not in spoken:
            resolved[f"own_{name}"] = sides["own"]
    return resolved


def _lines(text: str) -> str:
    # A browser sends its own line ends.
    return text.replace("\r\n", "\n")
