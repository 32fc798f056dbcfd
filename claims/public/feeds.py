"""Atom feeds: everything, or one claimant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from claims import search
from claims.public import wording
from claims.search import Wanted

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from claims.models import Claimant, Review

    Findings = Feed[Review, Claimant | None]
else:
    Findings = Feed

ENTRIES = 50
TITLE_CHARACTERS = 200

# Text of ours may hold these two; XML may not, in any spelling.
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}


class Latest(Findings):
    """What was published last, whoever said it."""

    feed_type = Atom1Feed
    language = settings.LANGUAGE_CODE

    def __call__(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        """Answer in the language of the site: one reader fetches a feed for many."""
        with translation.override(self.language):
            answer = super().__call__(request, *args, **kwargs)
        answer["Content-Language"] = self.language
        return answer

    def get_object(self, request: HttpRequest) -> Claimant | None:
        """Return whose words these are; nobody's in particular here."""
        return None

    def title(self, obj: Claimant | None) -> str:
        return f"{obj.name} · {settings.SITE_NAME}" if obj else settings.SITE_NAME

    def link(self, obj: Claimant | None) -> str:
        return settings.SITE_URL + (obj.get_absolute_url() if obj else "/")

    def feed_url(self, obj: Claimant | None) -> str:
        name = "public:claimant-feed" if obj else "public:feed"
        return settings.SITE_URL + reverse(name, args=[obj.pk] if obj else [])

    def subtitle(self, obj: Claimant | None) -> str:
        return (
            _("What %(name)s said, and what the desk found") % {"name": obj.name}
            if obj
            else (_("Who claimed what, who contradicts it, and what the desk found"))
        )

    def items(self, obj: Claimant | None) -> list[Review]:
        found = search.published(Wanted(claimant=obj))
        return list(found.order_by("-published_at", "-pk")[:ENTRIES])

    def item_title(self, item: Review) -> str:
        words = wording.shortened(item.claim.statement, most=TITLE_CHARACTERS)
        return _well_formed(
            _("%(verdict)s: %(words)s")
            % {"verdict": item.get_verdict_display(), "words": words}
        )

    def item_description(self, item: Review) -> str:
        return _well_formed(item.summary)

    def item_link(self, item: Review) -> str:
        return settings.SITE_URL + item.claim.get_absolute_url()

    def item_guid(self, item: Review) -> str:
        return f"urn:uuid:{item.pk}"

    def item_author_name(self, item: Review) -> str:
        return settings.SITE_NAME

    def item_pubdate(self, item: Review) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Review) -> datetime | None:
        return item.published_at

    def item_categories(self, item: Review) -> list[str]:
        return list(item.claim.topics)


class OfClaimant(Latest):
    """What was published last of one claimant's words."""

    def get_object(self, request: HttpRequest, pk: UUID) -> Claimant:  # type: ignore[override]  # the address of this feed carries a key
        """Return the claimant, if readers may know of them."""
        found = search.speaking_in_public().filter(pk=pk).first()
        if found is None:
            raise Http404("no such claimant, or not public")
        return found


def _well_formed(text: str) -> str:
    return text.translate(_NO_CHARACTERS)
