"""Two wrote in one place: what stood there, what was saved, what you wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Assessment, Claim, Review
from claims.models.people import called
from claims.workflow.seen import claim_at, edition, text_at, text_of
from sources import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.desk.forms.claims import AmendForm, ChangeForm
    from claims.desk.forms.reviews import ReviewForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that can be chosen for a field."""

    key: str  # base, theirs or yours
    label: str
    value: str  # as the form takes it
    shown: str
    diff: tuple[quote.Change, ...]  # from what stood there before
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field in which not all say the same."""

    name: str
    label: str
    sides: tuple[Side, ...]
    both: bool  # whether both changed it; else what one changed is chosen
    own: str  # what other words begin with
    rows: int  # in which they are written, 0 where none can be


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What has to be chosen, and what goes along unseen."""

    title: str
    address: str  # that takes what was chosen
    form: str  # the name under which its draft is kept
    do: str  # what the form was sent for
    fields: tuple[Field, ...]
    along: tuple[tuple[str, str], ...]  # name and value of all that needs no choice

    @property
    def both(self) -> int:
        """How many fields both changed."""
        return sum(field.both for field in self.fields)


def of_claim(claim: Claim, form: ChangeForm) -> Conflict:
    """Lay a refused change of a claim beside what stands."""
    fresh = Claim.objects.select_related("claimant").get(pk=claim.pk)
    theirs = form.values_of(fresh)
    del theirs["version"]
    then = claim_at(fresh, form.cleaned_data["version"])
    who = _who_saved(fresh)
    fields, along = compare(
        form, base=form.values_of(then) if then is not None else {}, theirs=theirs
    )
    return Conflict(
        title=_("%(name)s saved this claim while you were writing") % {"name": who}
        if who
        else _("This claim was saved while you were writing"),
        address=reverse("desk:change", args=[claim.pk]),
        form="change",
        do="",
        fields=fields,
        along=(("version", str(fresh.version)), *along),
    )


def of_assessment(assessment: Assessment, form: AmendForm) -> Conflict:
    """Lay a refused change of an assessment beside what stands."""
    theirs = form.values_of(assessment)
    del theirs["version"]
    events = assessment.events.filter(version=form.cleaned_data["version"])  # type: ignore[attr-defined]  # pghistory's
    then = events.select_related("assessor").order_by("-pgh_id").first()
    base = form.values_of(then) if then is not None else {}
    fields, along = compare(form, base=base, theirs=theirs)
    return Conflict(
        title=_("Somebody saved this assessment while you were writing"),
        address=reverse("desk:amend", args=[assessment.pk]),
        form=f"amend:{assessment.pk}",
        do="",
        fields=fields,
        along=(("version", str(assessment.version)), *along),
    )


def of_review(claim: Claim, form: ReviewForm) -> Conflict:
    """Lay a refused review beside what its writer saved in another window."""
    review = Review.objects.unpublished().get(claim=claim)
    theirs = {n: text for n, text in text_of(review).items() if n in form.fields}
    seen = form.seen.review
    fields, along = compare(
        form, base=(seen and text_at(review, seen)) or {}, theirs=theirs
    )
    return Conflict(
        title=_("You wrote on this review in another window"),
        address=reverse("desk:review", args=[claim.pk]),
        form="review",
        do="preview",
        fields=fields,
        along=(
            ("seen_words", str(form.seen.words or "")),
            ("seen_review", str(edition(review))),
            *along,
        ),
    )


def compare(
    form: django_forms.Form, *, base: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[tuple[Field, ...], tuple[tuple[str, str], ...]]:
    """
    Return the fields in which not all agree, and name and value of those that do.

    What only one of the two changed is chosen already, and what both changed alike is
    none; what both changed otherwise falls to the one who saves last, who sees it.
    Without a `base` nobody knows who changed what: then both did.
    """
    fields: list[Field] = []
    along: list[tuple[str, str]] = []
    for name, stands in theirs.items():
        before, saved, written = (
            _text(each) for each in (base.get(name), stands, form.cleaned_data[name])
        )
        if saved == written and f"own_{name}" not in form.data:
            along.append((name, saved))
        else:
            known = name in base
            fields.append(
                _field(form[name], (before, saved, written), base_known=known)
            )
    return tuple(fields), tuple(along)


def _field(
    bound: django_forms.BoundField, texts: tuple[str, str, str], *, base_known: bool
) -> Field:
    base, theirs, yours = texts
    both = not base_known or base not in {theirs, yours}
    # What you left alone is theirs; what they left alone, and what both touched, yours.
    chosen = "theirs" if base_known and yours == base else "yours"
    labels = {str(k): str(v) for k, v in getattr(bound.field, "choices", ())}
    named = (
        ("base", _("As it was"), base),
        ("theirs", _("Theirs"), theirs),
        ("yours", _("Yours"), yours),
    )
    writes = not labels and isinstance(
        bound.field.widget, (django_forms.Textarea, django_forms.TextInput)
    )
    return Field(
        name=bound.name,
        label=str(bound.label),
        both=both,
        # Written the last time beside another choice: it may be wanted now.
        own=bound.form.data.get(f"own_{bound.name}", yours),
        rows=int(bound.field.widget.attrs.get("rows", 1)) if writes else 0,
        sides=tuple(
            Side(
                key=key,
                label=who,
                value=text,
                shown=labels.get(text, text),
                diff=quote.changes(base, text)
                if key != "base" and base and text and not labels
                else (),
                chosen=key == chosen,
            )
            for key, who, text in named
            if key != "base" or base_known
        ),
    )


def reworded(
    claim: Claim, version: int | None
) -> list[tuple[str, tuple[quote.Change, ...]]]:
    """Return how the words of a claim were changed since that version of it."""
    then = claim_at(claim, version) if version else None
    if then is None:
        return []
    told = (
        (_("Claim"), then.statement, claim.statement),
        (_("Original wording"), then.original_wording, claim.original_wording),
        (_("Claimant"), then.claimant.name, claim.claimant.name),
        (_("Role at the time"), then.role_at_time, claim.role_at_time),
        (_("Said on"), *(_text(each.said_at) for each in (then, claim))),
    )
    return [
        (label, quote.changes(before, after))
        for label, before, after in told
        if before != after
    ]


def _who_saved(claim: Claim) -> str:
    event: Any = (
        claim.events.filter(version=claim.version)  # type: ignore[attr-defined]  # pghistory's
        .select_related("pgh_context")
        .order_by("pgh_id")
        .first()
    )
    user = (event.pgh_context.metadata if event and event.pgh_context else {}).get(
        "user"
    )
    if user is None:
        return ""
    person = User.objects.filter(pk=user).first()
    return called(person) if person is not None else ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)
