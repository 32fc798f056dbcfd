"""The forms of the workspace, filled with what stands and with what was typed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from claims.desk import keeping
from claims.desk.forms.claims import AssessmentForm, ChangeForm, CitationForm
from claims.desk.forms.fields import number
from claims.desk.forms.reviews import (
    ArbitrationForm,
    AssignForm,
    CorrectionForm,
    ReasonForm,
    ReviewForm,
    SecondForm,
)
from claims.workflow.seen import claim_at, edition, mark_of, text_at, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from django import forms
    from django.contrib.auth.models import User

    from claims.desk.sheet import Sheet

TITLES = {
    "review": gettext_lazy("Your review"),
    "second": gettext_lazy("Your second verdict"),
    "arbitration": gettext_lazy("Your decision between two verdicts"),
    "return": gettext_lazy("Why you wanted to return it"),
    "reaffirm": gettext_lazy("Why it still stands"),
    "abandon": gettext_lazy("Why what is published stands"),
    "dismiss": gettext_lazy("Why it is not worth checking"),
    "reset": gettext_lazy("Why it should begin again"),
    "retract": gettext_lazy("Your note on a retraction"),
    "assign": gettext_lazy("Why somebody else should have it"),
    "audit": gettext_lazy("Your note on a review read again"),
}
# Where these stand they stand for everybody; the rest comes and goes with the claim.
ALWAYS = frozenset({"change", "assessment", "citation", "audit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The forms that this person can use, and whose drafts are older than what stands."""

    forms: dict[str, forms.Form]
    offered: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A text whose form is not on the page any more, for reading and copying."""

    form: str
    title: str
    text: list[tuple[str, str]]
    saved_at: datetime | None
    draft: bool  # or else it is the review in the making


def fill(given: Sheet, *, use: str, people: Callable[[], Iterable[User]]) -> Filled:
    """
    Return the forms that this person can use, filled with what they typed before.

    A draft that is older than what stands is offered, and put in when `use` names it.
    """
    offered = frozenset(form for form in _overtaken(given) if form != use)
    drafts = {
        name: draft.fields
        for name, draft in given.drafts.items()
        if name not in offered
    }
    found: dict[str, forms.Form] = {"reason": ReasonForm(auto_id="reason_%s")}
    if given.steps.amend:
        found["change"] = ChangeForm.of(given.claim)
        found["change"].initial |= drafts.get("change", {})
        found["citation"] = CitationForm(
            initial=drafts.get("citation"), auto_id="citation_%s"
        )
    if given.steps.edit:
        found["assessment"] = AssessmentForm(
            initial=drafts.get("assessment"), auto_id="assessment_%s"
        )
    found |= verdicts(given, drafts)
    if given.steps.assign:
        found["assign"] = AssignForm(
            reviewers=people(), initial=drafts.get("assign"), auto_id="assign_%s"
        )
    return Filled(forms=found, offered=offered)


def verdicts(
    given: Sheet, drafts: Mapping[str, dict[str, str]]
) -> dict[str, forms.Form]:
    """Return the forms of verdicts that this person can give."""
    seen = seen_now(given)
    found: dict[str, forms.Form] = {}
    if given.steps.write:
        kind = CorrectionForm if given.replaces else ReviewForm
        text = text_of(given.making) if given.making is not None else {}
        found["review"] = kind(
            initial=seen | (drafts.get("review") or text), auto_id="review_%s"
        )
    if given.steps.second:
        found["second"] = SecondForm(
            initial=seen | drafts.get("second", {}), auto_id="second_%s"
        )
    if given.steps.arbitrate:
        found["arbitration"] = ArbitrationForm(
            initial=seen | drafts.get("arbitration", {}), auto_id="arbitration_%s"
        )
    return found


def seen_now(given: Sheet) -> dict[str, Any]:
    """Return what a page says that it shows, for the form to send back."""
    return {
        "seen_words": given.claim.version,
        "seen_review": edition(given.making),
        "seen_voices": mark_of(given.assessments),
    }


def _overtaken(given: Sheet) -> list[str]:
    """Return the forms whose drafts began at what does not stand any more."""
    checks = {"review": _review_moved_on, "change": _claim_moved_on}
    return [
        form
        for form, moved_on in checks.items()
        if form in given.drafts and moved_on(given, given.drafts[form].fields)
    ]


def _review_moved_on(given: Sheet, typed: Mapping[str, str]) -> bool:
    making, began = given.making, number(typed.get("seen_review", ""))
    if making is None or began is None or began == edition(making):
        return False
    stands = text_of(making)
    same = {name: typed.get(name, "") for name in stands} == stands
    return not same and text_at(making, began) != stands


def _claim_moved_on(given: Sheet, typed: Mapping[str, str]) -> bool:
    began = number(typed.get("version", ""))
    if began is None or began == given.claim.version:
        return False
    then = claim_at(given.claim, began)
    return then is None or _values(then) != _values(given.claim)


def _values(claim: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in ChangeForm.values_of(claim).items()
        if name != "version"
    }


def unplaced(given: Sheet, shown: Mapping[str, forms.Form]) -> list[Unplaced]:
    """Return what this person wrote in forms that are not on the page any more."""
    steps = given.steps
    here = set(shown) | ALWAYS
    here |= {
        name
        for name in ("reaffirm", "abandon", "dismiss", "reset", "retract")
        if getattr(steps, name)
    }
    here |= {"return"} if steps.send_back else set()
    found = [
        Unplaced(
            form=form,
            title=str(TITLES[form]),
            text=keeping.shown(form, draft.fields),
            saved_at=draft.saved_at,
            draft=True,
        )
        for form, draft in given.drafts.items()
        if form not in here and ":" not in form and form in TITLES
    ]
    making = given.making
    if (
        making is not None
        and steps.take_over
        and not any(each.form == "review" for each in found)
    ):
        text = keeping.shown("review", text_of(making))
        found.append(
            Unplaced(
                form="review",
                title=str(TITLES["review"]),
                text=text,
                saved_at=None,
                draft=False,
            )
        )
    return [each for each in found if each.text]


def _title(form: str) -> str:
    return str(TITLES.get(form, TITLES["review"]))
