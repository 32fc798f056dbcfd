"""A claim in a frame of another site, and how such sites are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.models import Claim
from claims.public import story, wording
from claims.public.answers import KEPT_FOR_SECONDS, for_readers

if TYPE_CHECKING:
    from django.http import HttpRequest

WIDTH, LEAST_WIDTH = 600, 200  # pixels of the page that embeds
HEIGHT, LEAST_HEIGHT = 340, 120
TITLE_CHARACTERS = 90
WORDS_CHARACTERS = 400
EMBEDDED = {"public:claim", "public:claim-by-number", "public:embed"}


@for_readers
@xframe_options_exempt
def embed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was claimed and found, in the language of the claim, without a cookie."""
    found = _public(pk)
    with translation.override(_language(found)):
        answer = _framed(request, found)
        answer["Content-Language"] = translation.get_language()
    return answer


@for_readers
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell how a claim is embedded (oembed.com, 1.0)."""
    kind = request.GET.get("format", "json")
    if kind not in {"json", "xml"}:
        return _refused("This format is not spoken here: json and xml are.", status=501)
    if not request.GET.get("url"):
        return _refused("Say which claim: url=…", status=400)
    try:
        width = _size(request, "maxwidth", WIDTH, least=LEAST_WIDTH)
        height = _size(request, "maxheight", HEIGHT, least=LEAST_HEIGHT)
    except ValueError:
        return _refused("maxwidth and maxheight are whole numbers.", status=400)
    try:
        told = _told(_named(request.GET["url"]), width=width, height=height)
    except Http404:
        return _refused("There is no such claim here.", status=404)
    answer = JsonResponse(told) if kind == "json" else _as_xml(told)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def code(claim: Claim, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the HTML that shows a claim on a page of another site."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'frameborder="0"></iframe>',
        settings.SITE_URL + reverse("public:embed", args=[claim.pk]),
        _title(claim),
        width,
        height,
    )


def _public(pk: UUID) -> Claim:
    found = Claim.objects.public().select_related("claimant").filter(pk=pk).first()
    if found is None:
        raise Http404("no such claim, or not public")
    return found


def _framed(request: HttpRequest, found: Claim) -> HttpResponse:
    reviews = story.published_reviews(found)
    context = {
        "claim": found,
        "review": next((each for each in reviews if each.valid_to is None), None),
        "note": found.corrections.public().order_by("-at", "-pk").first(),
        "words": wording.shortened(found.statement, most=WORDS_CHARACTERS),
        "title": _title(found),
        "address": settings.SITE_URL + found.get_absolute_url(),
    }
    policy = {
        "default-src": [NONE],
        "script-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [NONE],
        "frame-ancestors": settings.EMBED_ON,
    }
    answer = render(request, "claims/public/embed.html", context)

    def shown(_: HttpRequest) -> HttpResponse:
        return answer

    csp_replace(policy)(shown)(request)  # leaves the policy with the answer
    return answer


def _language(claim: Claim) -> str:
    try:
        return translation.get_supported_language_variant(claim.language)
    except LookupError:
        return settings.LANGUAGE_CODE


def _named(url: str) -> Claim:
    if not url.startswith(settings.SITE_URL + "/"):
        raise Http404("of another site")
    try:
        where = resolve(urlsplit(url).path)
    except (Resolver404, ValueError) as exc:
        raise Http404("no page of ours") from exc
    if where.view_name not in EMBEDDED:
        raise Http404("not the page of a claim")
    return _public(where.kwargs["pk"])


def _told(claim: Claim, *, width: int, height: int) -> dict[str, object]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": _title(claim),
        "author_name": claim.claimant.name,
        "author_url": settings.SITE_URL + claim.claimant.get_absolute_url(),
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": KEPT_FOR_SECONDS,
        "width": width,
        "height": height,
        "html": code(claim, width=width, height=height),
    }


def _title(claim: Claim) -> str:
    return wording.shortened(claim.statement, most=TITLE_CHARACTERS)


def _size(request: HttpRequest, name: str, usual: int, *, least: int) -> int:
    """Return what fits. Raises ValueError."""
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if len(asked) > 6 or not (asked.isascii() and asked.isdigit()):
        raise ValueError(name)
    return max(least, min(usual, int(asked)))


def _as_xml(told: dict[str, object]) -> HttpResponse:
    parts = "".join(
        f"<{name}>{escape(wording.in_xml(str(value)))}</{name}>"
        for name, value in told.items()
    )
    return HttpResponse(
        f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
        f"<oembed>{parts}</oembed>",
        content_type="text/xml; charset=utf-8",
    )


def _refused(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(
        sentence, status=status, content_type="text/plain; charset=utf-8"
    )
