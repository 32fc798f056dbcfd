"""The page of a claim: as it reads now, as it read then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import document, search
from claims.models import Claim, Review
from claims.public import embed, story, wording
from claims.public.answers import for_readers_by, malformed, missing
from claims.public.moments import MomentRefused, moment
from claims.public.picture import drawn

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from claims.public.picture import Picture

DESCRIPTION_CHARACTERS = 200
TITLE_CHARACTERS = 90


def _edition(pk: UUID, slug: str = "", number: int = 0) -> str:
    return search.edition_of_claim(pk)


@for_readers_by(_edition)
def claim(request: HttpRequest, pk: UUID, slug: str = "") -> HttpResponse:
    """Show a claim and what was found; `as_of` asks what was found by then."""
    found = _public(pk)
    if slug != found.slug:
        return redirect(_with_query(request, found), permanent=True)
    reviews = story.published_reviews(found)
    if "as_of" not in request.GET:
        standing = next((each for each in reviews if each.valid_to is None), None)
        return _page(request, found, reviews, shown=standing)
    try:
        then = moment(request.GET["as_of"])
    except MomentRefused as exc:
        return malformed(request, str(exc))
    shown = next((each for each in reviews if _stood(each, then)), None)
    if shown is None:
        return missing(request, _nothing_yet(then, reviews[-1]))
    return _page(request, found, reviews, shown=shown, then=then)


@for_readers_by(_edition)
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show a version of the finding as it read while it stood."""
    found = _public(pk)
    reviews = story.published_reviews(found)
    shown = next((each for each in reviews if each.version == number), None)
    if shown is None:
        raise Http404("no such version")
    return _page(request, found, reviews, shown=shown, then=shown.valid_to)


def _public(pk: UUID) -> Claim:
    found = (
        Claim.objects.public()
        .select_related("claimant__affiliation", "canonical")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("no such claim, or not public")
    return found


def _page(
    request: HttpRequest,
    found: Claim,
    reviews: list[Review],
    *,
    shown: Review | None,
    then: datetime | None = None,
) -> HttpResponse:
    told = story.tell(found, reviews, shown=shown, then=then)
    old = shown is None or shown.valid_to is not None or then is not None
    context = {
        "claim": found,
        "told": told,
        "picture": None if then else _picture(found),
        "review": shown,
        "then": then,
        "old": old,
        "address": settings.SITE_URL + found.get_absolute_url(),
        "embed_code": embed.code(found),
        "title": wording.shortened(found.statement, most=TITLE_CHARACTERS),
        "description": _description(shown),
    }
    if shown is not None and not old:
        context["claim_review"] = wording.for_script(
            document.claim_review(found, shown, at=timezone.now())
        )
    return render(request, "claims/public/claim.html", context)


def _picture(found: Claim) -> Picture | None:
    return drawn(
        search.around_claim(found),
        name=found.claimant.name,
        url=found.claimant.get_absolute_url(),
    )


def _description(review: Review | None) -> str:
    if review is None:
        return _("Withdrawn: the desk no longer stands behind what it found.")
    return wording.shortened(
        _("%(verdict)s. %(summary)s")
        % {"verdict": review.get_verdict_display(), "summary": review.summary},
        most=DESCRIPTION_CHARACTERS,
    )


def _nothing_yet(then: datetime, first: Review) -> str:
    asked = wording.day(then)
    if first.published_at is not None and then < first.published_at:
        return _(
            "On %(asked)s there was no finding about this claim yet: the first was "
            "published on %(first)s."
        ) % {"asked": asked, "first": wording.day(first.published_at)}
    return _("On %(asked)s no finding about this claim stood any more.") % {
        "asked": asked
    }


def _stood(review: Review, then: datetime) -> bool:
    begun = review.valid_from is not None and review.valid_from <= then
    return begun and (review.valid_to is None or then < review.valid_to)


def _with_query(request: HttpRequest, found: Claim) -> str:
    query = request.META["QUERY_STRING"]
    return found.get_absolute_url() + (f"?{query}" if query else "")
