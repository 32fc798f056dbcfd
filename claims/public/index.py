"""The front page, and the search, which is the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import search
from claims.models import Correction
from claims.public import evidence, wording
from claims.public.answers import for_readers, malformed
from claims.public.forms import SearchForm
from claims.public.items import items, marks, steps
from claims.search import MarkRefused, Wanted

if TYPE_CHECKING:
    from claims.models.review import ReviewQuerySet
    from claims.search import Mark

ITEMS_ON_A_PAGE = 25
BRIEFS = 4
COUNTED_AT_MOST = 1_000
NEWEST = "newest"
FILTERS = ("q", "verdict", "topic", "language")
LOST = gettext_lazy(
    "This address names no place in the list. Begin again at its first page."
)


@for_readers
def index(request: HttpRequest) -> HttpResponse:
    """Show what was published last, or what a reader looks for."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _answer(request, {"form": form, "searching": True}, status=400)
    try:
        where = marks(request.GET)
    except MarkRefused:
        return malformed(request, LOST)
    wanted = form.wanted()
    searching = wanted.narrows or any(where.values())
    context = {"form": form, "searching": searching, "wanted": wanted}
    return _answer(
        request, context | _listed(request, wanted, where) | _beside(searching)
    )


def _listed(
    request: HttpRequest, wanted: Wanted, where: dict[str, Mark | None]
) -> dict[str, Any]:
    newest = request.GET.get("sort") == NEWEST
    if search.is_sentence(wanted.words) and not newest and not any(where.values()):
        nearest = search.near(wanted, most=ITEMS_ON_A_PAGE)
        if nearest:
            return {
                "items": items(nearest),
                "found": _amounts(len(nearest)),
                "newest": f"?{urlencode({**_asked(request), 'sort': NEWEST})}",
            }
    reviews = search.published(wanted)
    page = search.page(
        _marked(reviews, wanted), by="published_at", limit=ITEMS_ON_A_PAGE, **where
    )
    asked = _asked(request) | ({"sort": NEWEST} if newest else {})
    return {
        "items": items(page.rows),
        "steps": steps(page, asked),
        "found": _how_many(reviews) if wanted.narrows else "",
    }


def _marked(reviews: ReviewQuerySet, wanted: Wanted) -> ReviewQuerySet:
    return search.highlighted(reviews, wanted.words) if wanted.words else reviews


def _how_many(reviews: ReviewQuerySet) -> str:
    number = search.counted(reviews, most=COUNTED_AT_MOST)
    if number > COUNTED_AT_MOST:
        return _("More than %(most)s claims") % {"most": _amount(COUNTED_AT_MOST)}
    return _amounts(number)


def _amounts(number: int) -> str:
    return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": _amount(number)}


def _amount(number: int) -> str:
    return number_format(number, force_grouping=True)


def _beside(searching: bool) -> dict[str, Any]:  # noqa: FBT001 — of this page only
    """Return what stands beside the lead on the front page."""
    if searching:
        return {}
    corrections = (
        Correction.objects.public().select_related("claim").order_by("-at", "-pk")
    )
    return {
        "today": timezone.localtime(),
        "changed": evidence.changed(most=BRIEFS),
        "corrections": corrections[:BRIEFS],
    }


def _answer(
    request: HttpRequest, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    part = request.headers.get("HX-Request") == "true"
    template = "_found.html" if part else "index.html"
    if not part:
        asked = _asked(request) if status == 200 else {}
        context["feed_query"] = f"?{urlencode(asked)}" if asked else ""
        context["feed_title"] = " · ".join([*asked.values(), settings.SITE_NAME])
        there_is = search.choices()
        context["topics"] = there_is.topics
        context["languages"] = [
            {"code": code, "name": wording.language(code)}
            for code in there_is.languages
        ]
    response = render(request, f"claims/public/{template}", context, status=status)
    if part:
        # What is typed can be kept and sent on, without an entry for each letter.
        response["HX-Replace-Url"] = _address(request)
    return response


def _address(request: HttpRequest) -> str:
    asked = _asked(request)
    return reverse("public:index") + (f"?{urlencode(asked)}" if asked else "")


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    return {name: value for name, value in asked.items() if value}
