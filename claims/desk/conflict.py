"""Two people changed one claim: what stood there, what they saved, what you wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.models.people import called
from sources import quote

if TYPE_CHECKING:
    from claims.desk.forms.claims import ChangeForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that can be chosen for a field."""

    label: str
    value: str  # as the form takes it
    shown: str
    diff: tuple[quote.Change, ...]  # from what stood there before
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field on which two people may disagree."""

    name: str
    label: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What has to be chosen, and what goes along unseen."""

    by: str  # who saved first, empty where that is not known
    version: int  # that stands now
    fields: tuple[Field, ...]
    along: tuple[tuple[str, str], ...]  # name and value of fields all agree on


def conflict(claim: Claim, form: ChangeForm) -> Conflict:
    """
    Lay what was refused beside what stands, field by field.

    What only one of the two changed is chosen already; what both changed falls to
    the one who saves last, who sees it.
    """
    fresh = Claim.objects.select_related("claimant").get(pk=claim.pk)
    theirs = form.values_of(fresh)
    yours = {name: form.cleaned_data[name] for name in theirs if name != "version"}
    base = _as_it_was(fresh, form.cleaned_data["version"], form) or theirs
    fields, along = [], []
    for name, value in yours.items():
        bound = form[name]
        texts = [_text(each) for each in (base[name], theirs[name], value)]
        if len(set(texts)) == 1:
            along.append((name, texts[0]))
        else:
            labels = dict(getattr(bound.field, "choices", []))
            fields.append(_field(name, str(bound.label), texts, labels))
    return Conflict(
        by=_who_saved(fresh),
        version=fresh.version,
        fields=tuple(fields),
        along=tuple(along),
    )


def _as_it_was(claim: Claim, version: int, form: ChangeForm) -> dict[str, Any] | None:
    event: Any = (
        claim.events.filter(version=version)  # type: ignore[attr-defined]  # pghistory's
        .select_related("claimant")
        .order_by("-pgh_id")
        .first()
    )
    return form.values_of(event) if event is not None else None


def _who_saved(claim: Claim) -> str:
    event: Any = (
        claim.events.filter(version=claim.version)  # type: ignore[attr-defined]
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


def _field(name: str, label: str, texts: list[str], labels: dict[Any, Any]) -> Field:
    base, _theirs, yours = texts
    # What you left alone is theirs; what they left alone, and what both touched, yours.
    chosen = 1 if yours == base else 2
    named = zip((_("As it was"), _("Theirs"), _("Yours")), texts, strict=True)
    return Field(
        name=name,
        label=label,
        sides=tuple(
            Side(
                label=who,
                value=text,
                shown=str(labels.get(text, text)),
                diff=quote.changes(base, text) if place and base and text else (),
                chosen=place == chosen,
            )
            for place, (who, text) in enumerate(named)
        ),
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)
