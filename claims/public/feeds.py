"""Feeds: everything, one claimant, a topic, a query, and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
)
from django.utils.html import linebreaks
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claims import search
from claims.models import Correction
from claims.public import entries
from claims.public.entries import ENTRIES, Entry
from claims.public.forms import SearchForm
from claims.public.wording import in_xml
from claims.search import Wanted

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    Findings = Feed[Entry, "About"]
else:
    Findings = Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a feed is about: its names, where it stands, and what is wanted of it."""

    title: str
    subtitle: str
    page: str  # path, with its query
    feed: str  # path without its ending, and the query
    query: str = ""
    wanted: Wanted


class Latest(Findings):
    """What was published last and what was withdrawn, of all that a query asks for."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    ending = "atom"
    language = settings.LANGUAGE_CODE
    author_name = settings.SITE_NAME
    item_author_name = settings.SITE_NAME

    def get_object(self, request: HttpRequest) -> About:
        """Return what the address asks for, with the filters of the search."""
        form = SearchForm(request.GET)
        if not form.is_valid():
            raise Http404("no such search")
        wanted = form.wanted()
        asked = {
            name: value
            for name in form.fields
            if (value := str(form.cleaned_data[name]))
        }
        query = f"?{urlencode(asked)}" if asked else ""
        named = " · ".join([*asked.values(), settings.SITE_NAME])
        return About(
            title=named,
            subtitle=_("Who claimed what, who contradicts it, and what the desk found"),
            page=reverse("public:index") + query,
            feed=reverse(f"public:feed-{self.ending}"),
            query=query,
            wanted=wanted,
        )

    def title(self, obj: About) -> str:
        return in_xml(obj.title)

    def link(self, obj: About) -> str:
        return settings.SITE_URL + obj.page

    def feed_url(self, obj: About) -> str:
        return settings.SITE_URL + obj.feed + obj.query

    def feed_guid(self, obj: About) -> str:
        return self.feed_url(obj)

    def description(self, obj: About) -> str:
        return in_xml(obj.subtitle)

    subtitle = description

    def items(self, obj: About) -> list[Entry]:
        return entries.latest(obj.wanted)

    def item_title(self, item: Entry) -> str:
        return in_xml(item.title)

    def item_description(self, item: Entry) -> str:
        # Both kinds of feed read it as HTML.
        return in_xml(linebreaks(item.words, autoescape=True))

    def item_link(self, item: Entry) -> str:
        return settings.SITE_URL + item.path

    def item_guid(self, item: Entry) -> str:
        return item.name

    item_guid_is_permalink = False

    def item_pubdate(self, item: Entry) -> datetime:
        # RSS has one date, by which its readers tell that an item was renewed.
        return item.first_at if self.ending == "atom" else item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at

    def item_categories(self, item: Entry) -> list[str]:
        return [in_xml(topic) for topic in item.topics]


class LatestRSS(Latest):
    """The same as RSS 2.0."""

    feed_type = Rss201rev2Feed
    ending = "rss"


class OfClaimant(Latest):
    """What was published last of one claimant's words."""

    def get_object(self, request: HttpRequest, pk: UUID) -> About:  # type: ignore[override]  # the address of this feed carries a key
        """Return the claimant, if readers may know of them."""
        found = search.speaking_in_public().filter(pk=pk).first()
        if found is None:
            raise Http404("no such claimant, or not public")
        return About(
            title=f"{found.name} · {settings.SITE_NAME}",
            subtitle=_("What %(name)s said, and what the desk found")
            % {"name": found.name},
            page=found.get_absolute_url(),
            feed=reverse(f"public:claimant-feed-{self.ending}", args=[found.pk]),
            wanted=Wanted(claimant=found),
        )


class OfClaimantRSS(OfClaimant, LatestRSS):
    """The same as RSS 2.0."""


class Corrections(Latest):
    """The public notes: what was corrected, updated or withdrawn."""

    def get_object(self, request: HttpRequest) -> About:
        """Return what there is one of."""
        return About(
            title=_("Corrections · %(site)s") % {"site": settings.SITE_NAME},
            subtitle=_("What was corrected, updated or withdrawn, with the note"),
            page=reverse("public:corrections"),
            feed=reverse(f"public:corrections-feed-{self.ending}"),
            wanted=Wanted(),
        )

    def items(self, obj: About) -> list[Entry]:
        notes = Correction.objects.public().select_related("claim", "review_to")
        return [
            entries.of_note(note, name=f"urn:uuid:{note.pk}")
            for note in notes.order_by("-at", "-pk")[:ENTRIES]
        ]


class CorrectionsRSS(Corrections, LatestRSS):
    """The same as RSS 2.0."""
