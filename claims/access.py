"""
Who may do what.

reader       reads what is published
contributor  and feeds articles, records claims and sources
reviewer     and works at the desk: decides candidates, assesses, reviews
editor       and assigns, dismisses, resets and retracts
admin        and looks after people and tokens

Each can do what those above it can. No role gets round the second pair of eyes.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from claims.errors import NotYours
from claims.models import Citation, Review
from claims.vocabulary import ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser, User

    from claims.models import Claim, Move
    from claims.models.review import ReviewQuerySet

# A second reviewer who sends a review back takes the claim from one to the other.
JUDGED = frozenset({ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION})
WRITTEN = frozenset({ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING})


class Role(IntEnum):
    """The groups, in the order of what they may do."""

    STRANGER = 0
    READER = 1
    CONTRIBUTOR = 2
    REVIEWER = 3
    EDITOR = 4
    ADMIN = 5

    @property
    def group(self) -> str:
        """The name of the group that carries this role."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """What people call it."""
        return str(_LABELS[self])


_LABELS = {
    Role.STRANGER: pgettext_lazy("role", "stranger"),
    Role.READER: pgettext_lazy("role", "reader"),
    Role.CONTRIBUTOR: pgettext_lazy("role", "contributor"),
    Role.REVIEWER: pgettext_lazy("role", "reviewer"),
    Role.EDITOR: pgettext_lazy("role", "editor"),
    Role.ADMIN: pgettext_lazy("role", "admin"),
}

GROUPS = tuple(role.group for role in Role if role is not Role.STRANGER)


def role_of(user: User | AnonymousUser) -> Role:
    """Return the highest role this person has."""
    if not user.is_authenticated or not user.is_active:
        return Role.STRANGER
    if user.is_superuser:
        return Role.ADMIN
    kept: Role | None = getattr(user, "_role", None)
    if kept is None:
        kept = keep_role(user, groups=user.groups.values_list("name", flat=True))
    return kept


def keep_role(user: User, *, groups: Iterable[str]) -> Role:
    """Return the role that these groups carry, and ask no more: nor does it change."""
    names = set(groups)
    role = max((each for each in Role if each.group in names), default=Role.READER)
    # One question a request: the person does not change under it.
    user._role = role  # type: ignore[attr-defined]  # noqa: SLF001
    return role


def may_contribute(user: User | AnonymousUser) -> bool:
    return role_of(user) >= Role.CONTRIBUTOR


def may_review(user: User | AnonymousUser) -> bool:
    return role_of(user) >= Role.REVIEWER


def may_edit(user: User | AnonymousUser) -> bool:
    return role_of(user) >= Role.EDITOR


def may_see_desk(user: User | AnonymousUser) -> bool:
    """Contributors see what becomes of what they brought."""
    return may_contribute(user)


def require(user: User | AnonymousUser, role: Role) -> None:
    """Raise NotYours unless this person has that role or a higher one."""
    if role_of(user) < role:
        raise NotYours(
            _("This takes a person with the role «%(role)s».") % {"role": role.label}
        )


def may_see(user: User | AnonymousUser, claim: Claim) -> bool:
    """What is public is everybody's; the rest is the desk's."""
    return claim.is_public or may_see_desk(user)


def may_see_findings(user: User | AnonymousUser, review: Review) -> bool:
    """
    Tell whether this person may see what the review found.

    Until both verdicts are in, only its writer does: no role gets round that. A review
    that was withdrawn has lost its verdicts, so it is blind again.
    """
    if review.published_at is not None:
        return True
    if review.written_by_id == user.pk:
        return True
    return review.seconded_at is not None and may_see_desk(user)


def may_read_note(
    user: User | AnonymousUser, move: Move, *, making: Review | None
) -> bool:
    """
    Tell whether this person may read what was noted with a move of a claim.

    What a second reviewer wrote back argues with the first verdict: while the review in
    the making is blind again, only the two of them read it.
    """
    wrote_back = move.from_status in JUDGED and move.to_status in WRITTEN
    return (
        not wrote_back
        or move.by_id == user.pk
        or making is None
        or may_see_findings(user, making)
    )


def findings_open_to(user: User | AnonymousUser, *, review: str) -> Q:
    """Return the same rule for rows that may belong to the review of that name."""
    return Q(**{review: None}) | _open_to(user, to=f"{review}__")


def _open_to(user: User | AnonymousUser, *, to: str = "") -> Q:
    open_to = Q(**{f"{to}published_at__lte": Now()}) | Q(**{f"{to}written_by": user.pk})
    if may_see_desk(user):
        open_to |= Q(**{f"{to}seconded_at__isnull": False})
    return open_to


def _hidden_from(user: User | AnonymousUser) -> ReviewQuerySet:
    """Return the reviews whose findings this person may not see: the few in the making."""
    return Review.objects.unpublished().exclude(_open_to(user))


def passages_open_to(user: User | AnonymousUser) -> Q:
    """
    Return which passages this person may know of.

    Words that only a hidden review cites would tell what that found.
    """
    cited = Citation.objects.filter(passage=OuterRef("pk"))
    # Also such as it does not cite any more.
    known = Q(apart_for=None) | ~Exists(
        _hidden_from(user).filter(pk=OuterRef("apart_for"))
    )
    return known & (
        ~Exists(cited) | Exists(cited.filter(findings_open_to(user, review="review")))
    )


def sources_open_to(user: User | AnonymousUser) -> Q:
    """
    Return which pages this person may know of.

    One that only a hidden review cites would tell what that found.
    """
    hidden = _hidden_from(user).filter(pk=OuterRef("apart_for"))
    return Q(apart_for=None) | ~Q(Exists(hidden))
