"""What the desk keeps while people work: what they typed, and who has a claim open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.access import Role, require
from claims.errors import DraftOvertaken, DraftRefused
from claims.models import Draft, Lease
from claims.models.people import called_in_rows
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.models import User

    from claims.models import Claim

# As much as the longest text that a form of the desk takes, with what stands beside it.
DRAFT_MAX_CHARACTERS = 320_000
HEARTBEAT = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a draft is typed, and what was kept of it when that place was opened."""

    page: str  # one window of a browser, by a name that it gave itself
    edition: int = 0  # of the draft that stands there; 0: none
    instead: bool = False  # this person knows that another page wrote meanwhile


@transaction.atomic
def keep(
    claim: Claim | None,
    *,
    form: str,
    fields: Mapping[str, str],
    by: User,
    at: datetime,
    place: Place | None = None,
) -> Draft:
    """
    Keep what a person has typed into a form, in place of what was kept.

    Nobody else ever sees it. Raises DraftRefused for what no form would take, and
    DraftOvertaken where another page of the same person wrote something else
    meanwhile; what is replaced in full knowledge of that stays as `earlier`.
    """
    require(by, Role.CONTRIBUTOR)
    _require_keepable(fields)
    draft, new = Draft.objects.get_or_create(
        claim=claim,
        author=by,
        form=form,
        defaults={
            "fields": dict(fields),
            "saved_at": at,
            "page": place.page if place else "",
        },
    )
    if new:
        return draft
    # Two windows of one person write one draft, each on its own.
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if place and _is_anothers(draft, place) and draft.fields != fields:
        if not place.instead:
            raise DraftOvertaken(
                _("You wrote something else here in another window."),
                fields=draft.fields,
                edition=draft.edition,
                saved_at=draft.saved_at,
            )
        draft.earlier = draft.fields
    draft.fields, draft.saved_at = dict(fields), at
    draft.page, draft.edition = place.page if place else "", draft.edition + 1
    draft.save()
    return draft


def _require_keepable(fields: Mapping[str, str]) -> None:
    # A name is sent like a text, and may be anything as well.
    texts = [*fields, *fields.values()]
    if sum(map(len, texts)) > DRAFT_MAX_CHARACTERS:
        raise DraftRefused(
            ngettext(
                "Not saved: a draft holds one character.",
                "Not saved: a draft holds %(most)s characters; this is longer.",
                DRAFT_MAX_CHARACTERS,
            )
            % {"most": f"{DRAFT_MAX_CHARACTERS:,}"}
        )
    try:
        for text in texts:
            plain(text)
    except ValidationError as exc:
        raise DraftRefused(_("Not saved: %(why)s") % {"why": exc.messages[0]}) from exc


def _is_anothers(draft: Draft, place: Place) -> bool:
    # An answer may be lost on its way: the page that wrote last need not know the number.
    return draft.page != place.page and draft.edition != place.edition


def forget(
    claim: Claim | None,
    *,
    form: str,
    by: User,
    page: str = "",
    fields: Mapping[str, str] | None = None,
) -> None:
    """
    Let go of a draft whose text was submitted.

    Where the page that submitted is named, what another page wrote stays, unless it
    is the same as `fields`.
    """
    found = Draft.objects.of(by, claim).filter(form=form)
    if page:
        found = found.filter(page__in=["", page]) | found.filter(
            # What no draft can hold, a field that was sent twice may: no text has it.
            fields={n: t.replace("\x00", "") for n, t in (fields or {}).items()}
        )
    found.delete()


def kept(claim: Claim | None, *, by: User) -> dict[str, Draft]:
    """Return the drafts of a person on this claim, or of no claim, by form."""
    return {draft.form: draft for draft in Draft.objects.of(by, claim)}


def hand_back(
    claim: Claim,
    *,
    form: str,
    fields: Mapping[str, str],
    author: User,
    at: datetime,
) -> None:
    """Make a draft of what somebody had written before another one wrote there."""
    draft, new = Draft.objects.get_or_create(
        claim=claim,
        author=author,
        form=form,
        defaults={"fields": dict(fields), "saved_at": at},
    )
    # What they typed since is newer; what stood there is not lost for that.
    if not new and any(draft.fields.get(name) != fields[name] for name in fields):
        draft.earlier = dict(fields)
        draft.save(update_fields=["earlier"])


# --- Who is here --------------------------------------------------------------


@transaction.atomic
def be_here(claim: Claim, *, by: User, at: datetime) -> Lease:
    """
    Say that a person has a claim open, and return the lease of who came first.

    It informs; the version decides. Said often, it is written down every 20 seconds.
    """
    until = at + settings.CLAIMS_LEASE
    leases = list(Lease.objects.filter(claim=claim).select_related("holder"))
    live = [lease for lease in leases if lease.until > at]
    mine = next((lease for lease in live if lease.holder_id == by.pk), None)
    if mine is None:
        # Those who were here once are in nobody's way, and in nobody's list.
        if len(live) < len(leases):
            Lease.objects.filter(claim=claim, until__lte=at).delete()
        mine = Lease(claim=claim, holder=by, since=at, until=until)
        Lease.objects.bulk_create(
            [mine],
            update_conflicts=True,
            unique_fields=["claim", "holder"],
            update_fields=["until"],
        )
        live.append(mine)
    elif mine.until <= until - HEARTBEAT:
        mine.until = until
        mine.save(update_fields=["until"])
    return min(live, key=lambda lease: (lease.since, lease.pk))


def leave(claim: Claim, *, by: User) -> None:
    """Say that a person has closed a claim."""
    Lease.objects.filter(claim=claim, holder=by).delete()


def others(claim: Claim, *, user: User, now: datetime) -> list[str]:
    """Return the names of those who have the claim open or typed a moment ago."""
    just_now = now - settings.CLAIMS_LEASE
    names = set(
        claim.drafts.filter(saved_at__gt=just_now)
        .exclude(author=user)
        .values_list(called_in_rows("author"), flat=True)
    ) | set(
        Lease.objects.live(now)
        .filter(claim=claim)
        .exclude(holder=user)
        .values_list(called_in_rows("holder"), flat=True)
    )
    return sorted(names)
