"""Claims with every published review of them: our own, and those of others."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment
from claims.models.sites import PublisherSite
from claims.search.published import Wanted, published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.models.assessment import AssessmentQuerySet
    from claims.models.review import ReviewQuerySet


def reviewed(
    *,
    words: str = "",
    language: str = "",
    publisher: str = "",
    not_before: datetime | None = None,
) -> ReviewQuerySet:
    """
    Return the reviews that stand now, as far as they are wanted.

    `language` is a subtag such as «en», whatever the region. `publisher` is the host of
    whoever reviewed, we or somebody else. Old is what was both said and reviewed before
    `not_before`.
    """
    reviews = published(Wanted(words=words))
    if language:
        base = language.replace("_", "-").partition("-")[0].lower()
        reviews = reviews.filter(
            Q(claim__language__iexact=base) | Q(claim__language__istartswith=f"{base}-")
        )
    if publisher and _bare(publisher) != site_of(settings.SITE_URL):
        theirs = third_party().annotate(site=PublisherSite("url"))
        theirs = theirs.filter(site=_bare(publisher), claim=OuterRef("claim"))
        reviews = reviews.filter(Exists(theirs))
    if not_before is not None:
        reviews = reviews.filter(
            Q(published_at__gte=not_before) | Q(claim__said_at__gte=not_before)
        )
    return reviews


def third_party() -> AssessmentQuerySet:
    """Fact-checks that others published."""
    return Assessment.objects.confirmed().exclude(url="").exclude(rating_text="")


def third_party_of(claims: Iterable[UUID]) -> dict[UUID, list[Assessment]]:
    """Return what others published about these claims, the oldest first."""
    found: dict[UUID, list[Assessment]] = defaultdict(list)
    rows = third_party().filter(claim__in=list(claims)).select_related("assessor")
    for assessment in rows.oldest_first():
        found[assessment.claim_id].append(assessment)
    return found


def site_of(url: str) -> str:
    """Return the host of an address as people name it, without «www.»."""
    return _bare(urlsplit(url).hostname or "")


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
