"""What the desk keeps while people work: what they typed, and who has a claim open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.access import Role, require
from claims.errors import DraftRefused
from claims.models import Claim, Draft, Lease
from claims.models.people import called_in_rows
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.models import User

DRAFT_MAX_CHARACTERS = 100_000


@transaction.atomic
def keep(
    claim: Claim, *, form: str, fields: Mapping[str, str], by: User, at: datetime
) -> Draft:
    """
    Keep what a person has typed into a form on a claim, in place of what was kept.

    Nobody else ever sees it. Raises DraftRefused for what no form would take.
    """
    require(by, Role.CONTRIBUTOR)
    if sum(map(len, fields.values())) > DRAFT_MAX_CHARACTERS:
        raise DraftRefused(
            f"A draft holds {DRAFT_MAX_CHARACTERS:,} characters; this is longer and "
            "was not saved."
        )
    try:
        for text in fields.values():
            plain(text)
    except ValidationError as exc:
        raise DraftRefused(f"Not saved: {exc.messages[0]}") from exc
    # The claim's row is the lock: two tabs of one person write one draft.
    Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    draft, _ = Draft.objects.get_or_create(
        claim=claim, author=by, defaults={"saved_at": at}
    )
    draft.fields = draft.fields | {form: dict(fields)}
    draft.saved_at = at
    draft.save(update_fields=["fields", "saved_at"])
    return draft


def forget(claim: Claim, *, form: str, by: User) -> None:
    """Let go of a draft whose text was submitted."""
    draft = Draft.objects.filter(claim=claim, author=by).first()
    if draft is None or form not in draft.fields:
        return
    draft.fields = {name: kept for name, kept in draft.fields.items() if name != form}
    if draft.fields:
        draft.save(update_fields=["fields"])
    else:
        draft.delete()


@transaction.atomic
def be_here(claim: Claim, *, by: User, at: datetime) -> Lease:
    """
    Say that a person has a claim open, and return whose turn it is.

    The lease stays with who came first until they are gone for `CLAIMS_LEASE`. It
    informs; the version decides.
    """
    until = at + settings.CLAIMS_LEASE
    Lease.objects.bulk_create(
        [Lease(claim=claim, holder=by, until=until)], ignore_conflicts=True
    )
    lease = (
        Lease.objects.select_for_update(of=("self",))
        .select_related("holder")
        .get(claim=claim)
    )
    if lease.holder_id == by.pk or lease.until <= at:
        lease.holder, lease.until = by, until
        lease.save(update_fields=["holder", "until"])
    return lease


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
