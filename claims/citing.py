"""Words on pages, tied to what rests on them, and taken back where that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, may_contribute, may_review, require
from claims.errors import CitationRefused, NotYours
from claims.models import Assessment, Citation, Claim, Review
from claims.vocabulary import AssessmentState, CitationRole
from sources import attaching
from sources.errors import SourceError
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


@transaction.atomic
def cite(
    cited_by: Claim | Assessment | Review,
    *,
    url: str,
    exact: str,
    by: User,
    at: datetime,
    role: CitationRole | str = CitationRole.SAID_HERE,
    prefix: str = "",
    suffix: str = "",
) -> Citation:
    """
    Tie words on a page to a claim, an assessment or a review.

    The page becomes a source and is looked at soon. The same words cited twice for
    the same purpose are one citation. What readers would see at once is a reviewer's
    to cite. Raises CitationRefused, NotYours.
    """
    require(by, Role.CONTRIBUTOR)
    # Under lock: the caller's copy may be older than the decision, or the publication.
    claim = Claim.objects.select_for_update().get(pk=_claim_of(cited_by).pk)
    if isinstance(cited_by, Assessment):
        cited_by = Assessment.objects.select_for_update().get(pk=cited_by.pk)
    if _is_heard(cited_by):
        require_before_readers(claim, by)
    # Or who guesses what a hidden review cites would come upon its page, or passage.
    apart_for = cited_by.pk if isinstance(cited_by, Review) else None
    try:
        source = attaching.attach(url, now=at, apart_for=apart_for)
        passage = attaching.watch(
            source,
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            apart_for=apart_for,
            now=at,
        )
    except SourceError as exc:
        raise CitationRefused(str(exc)) from exc
    citation, _ = Citation.objects.get_or_create(
        **{_kind(cited_by): cited_by},
        passage=passage,
        role=role,
        defaults={"created_at": at},
    )
    # What a review rests on is nobody's business but its writer's for a while.
    if not isinstance(cited_by, Review):
        tell_after_commit(f"claim:{claim.pk}")
    return citation


@transaction.atomic
def uncite(citation: Citation, *, by: User) -> None:
    """
    Take out a citation of a claim that readers have not seen.

    Once public, what a claim rested on stays; and while a second verdict is awaited, what
    the first rests on. What a review cites is its writer's. Raises CitationRefused,
    NotYours.
    """
    require(by, Role.REVIEWER)
    cited_by: Any = citation.assessment or citation.review or citation
    claim = Claim.objects.select_for_update().get(pk=cited_by.claim_id)
    if citation.review is not None and citation.review.written_by_id != by.pk:
        raise NotYours(_("What a review cites is taken back by whoever writes it."))
    if refusal := why_citations_stay(claim):
        raise CitationRefused(refusal)
    citation.delete()
    if citation.review is None:
        tell_after_commit(f"claim:{claim.pk}")


@transaction.atomic
def recite(
    citation: Citation,
    *,
    url: str,
    exact: str,
    role: CitationRole | str,
    by: User,
    at: datetime,
) -> Citation:
    """
    Cite another page, other words or for something else in the place of a citation.

    The history tells what was cited before. Raises CitationRefused, NotYours, where the
    citation could not be taken back, or the other one not be made.
    """
    cited_by: Any = citation.claim or citation.assessment or citation.review
    # First, so that two who do the same at once wait for each other at the claim.
    made = cite(cited_by, url=url, exact=exact, role=role, by=by, at=at)
    if made.pk == citation.pk:
        return citation
    if not Citation.objects.filter(pk=citation.pk).exists():
        raise CitationRefused(_("Somebody has taken this citation back meanwhile."))
    uncite(citation, by=by)
    return made


def why_citations_stay(claim: Claim) -> str:
    """Return why nothing that a claim rests on can be taken back now; or nothing."""
    if claim.reviews.published().exists():
        return _(
            "Readers have seen this citation: what a published claim rests on stays. "
            "Cite another page beside it."
        )
    if claim.reviews.submitted().exists():
        return _(
            "A verdict that rests on this waits for a second one, so it stays. If it "
            "is wrong, have the review sent back first."
        )
    return ""


def may_cite(cited_by: Claim | Assessment, *, by: User) -> bool:
    """Tell whether this person may tie words on a page to it."""
    heard = _is_heard(cited_by) and _claim_of(cited_by).was_published
    return may_review(by) if heard else may_contribute(by)


def may_uncite(citation: Citation, *, by: User) -> bool:
    """Tell whether this person can take a citation back now."""
    cited_by = citation.assessment or citation.review or citation.claim
    if cited_by is None or not may_review(by):
        return False
    if isinstance(cited_by, Review) and cited_by.written_by_id != by.pk:
        return False
    # What was published was submitted before.
    return not _claim_of(cited_by).reviews.submitted().exists()


def _is_heard(cited_by: Claim | Assessment | Review) -> bool:
    if isinstance(cited_by, Assessment):
        return cited_by.state == AssessmentState.CONFIRMED
    return isinstance(cited_by, Claim)


def _claim_of(cited_by: Claim | Assessment | Review) -> Claim:
    return cited_by if isinstance(cited_by, Claim) else cited_by.claim


def _kind(cited_by: Claim | Assessment | Review) -> str:
    return type(cited_by)._meta.model_name or ""


def require_before_readers(claim: Claim, person: User) -> None:
    """Refuse a contributor what readers would see at once. Raises NotYours."""
    if claim.was_published:
        require(person, Role.REVIEWER)
