"""What a change of a claim, an assessment or a citation is called, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.people import called
from claims.vocabulary import AssessmentState
from sources import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.utils.functional import _StrPromise

CLAIM_FIELDS = {
    "statement": gettext_lazy("Claim"),
    "original_wording": gettext_lazy("Original wording"),
    "form": gettext_lazy("Form"),
    "claimant": gettext_lazy("Claimant"),
    "role_at_time": gettext_lazy("Role at the time"),
    "said_at": gettext_lazy("Said on"),
    "said_at_precision": gettext_lazy("Known to the"),
    "language": gettext_lazy("Language"),
    "topics": gettext_lazy("Topics"),
    "canonical_id": gettext_lazy("Repeats"),
}
ASSESSMENT_FIELDS = {
    "assessor": gettext_lazy("Assessor"),
    "stance": gettext_lazy("Stance"),
    "statement": gettext_lazy("Words"),
    "said_at": gettext_lazy("Said on"),
    "said_at_precision": gettext_lazy("Known to the"),
    "based_on_id": gettext_lazy("Rests on"),
    "rating_text": gettext_lazy("Rating"),
    "url": gettext_lazy("Address"),
    "state": gettext_lazy("State"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one field."""

    label: str
    before: str
    after: str
    diff: tuple[quote.Change, ...]  # where both have words


def of_claim(before: Any, after: Any) -> tuple[Change, ...]:
    """Return what changed between two events of a claim."""
    return _changed(before, after, CLAIM_FIELDS)


def of_assessment(before: Any, after: Any) -> tuple[Change, ...]:
    """Return what changed between two events of an assessment."""
    return _changed(before, after, ASSESSMENT_FIELDS)


def claim_title(before: Any, after: Any, *, person: User | None) -> str:
    """Say what was done to a claim; `person` is who has it afterwards."""
    if before is None:
        return _("Written down")
    if before.version != after.version:
        return _("Changed to version %(n)s") % {"n": after.version}
    if person is None:
        return _("Put back, for anybody to take")
    context = after.pgh_context.metadata if after.pgh_context else {}
    if context.get("user") == person.pk:
        return _("Taken by %(name)s") % {"name": called(person)}
    return _("Given to %(name)s") % {"name": called(person)}


def assessment_title(before: Any, after: Any) -> str:
    """Say what was done to an assessment."""
    told = {"who": after.assessor.name, "stance": after.get_stance_display().lower()}
    if before is None:
        at_once = after.then_pgh_created_at == after.pgh_created_at
        confirmed = at_once and after.then_state == AssessmentState.CONFIRMED
        if after.state == AssessmentState.SUGGESTED and not confirmed:
            return _("Suggested: %(who)s, %(stance)s") % told
        return _("Assessment: %(who)s, %(stance)s") % told
    if before.state != after.state:
        state = after.get_state_display()
        return _("Assessment %(state)s: %(who)s, %(stance)s") % {
            **told,
            "state": state.lower(),
        }
    return _("Assessment changed: %(who)s, %(stance)s") % told


def citation_title(event: Any) -> str:
    """Say what was done to a citation, and what it is there for."""
    role = event.get_role_display().lower()
    verb = {"insert": _("Cited, %(role)s"), "delete": _("No longer cited, %(role)s")}
    title = verb.get(event.pgh_label, _("Citation changed, %(role)s")) % {"role": role}
    if event.assessment is not None:
        return f"{title} ({event.assessment.assessor.name})"
    return title


def _changed(
    before: Any, after: Any, fields: Mapping[str, _StrPromise]
) -> tuple[Change, ...]:
    found = []
    for name, label in fields.items():
        was, now = _text(before, name), _text(after, name)
        if was != now:
            diff = quote.changes(was, now) if was and now else ()
            found.append(Change(label=str(label), before=was, after=now, diff=diff))
    return tuple(found)


def _text(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if name == "said_at":
        return f"{value:%Y-%m-%d %H:%M}"
    return str(getattr(value, "name", value))
