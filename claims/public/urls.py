"""The addresses that readers know. What was published keeps its address for ever."""

from __future__ import annotations

from django.urls import path

from claims.public import (
    claim,
    claimant,
    corrections,
    datafeed,
    embed,
    feeds,
    house,
    index,
)
from claims.public.answers import for_readers

app_name = "public"
urlpatterns = [
    path("", index.index, name="index"),
    path("c/<uuid:pk>/", claim.claim, name="claim-by-number"),
    path("c/<uuid:pk>/v/<int:number>", claim.version, name="claim-version"),
    path("c/<uuid:pk>/<str:slug>", claim.claim, name="claim"),
    path("p/<uuid:pk>", claimant.claimant, name="claimant"),
    path(
        "p/<uuid:pk>/feed.atom",
        for_readers(feeds.OfClaimant()),
        name="claimant-feed-atom",
    ),
    path(
        "p/<uuid:pk>/feed.rss",
        for_readers(feeds.OfClaimantRSS()),
        name="claimant-feed-rss",
    ),
    path("feed.atom", for_readers(feeds.Latest()), name="feed-atom"),
    path("feed.rss", for_readers(feeds.LatestRSS()), name="feed-rss"),
    path(
        "corrections-feed.atom",
        for_readers(feeds.Corrections()),
        name="corrections-feed-atom",
    ),
    path(
        "corrections-feed.rss",
        for_readers(feeds.CorrectionsRSS()),
        name="corrections-feed-rss",
    ),
    path("datafeed.json", datafeed.datafeed, name="datafeed"),
    path("embed/<uuid:pk>", embed.embed, name="embed"),
    path("oembed", embed.oembed, name="oembed"),
    path("corrections", corrections.corrections, name="corrections"),
    path("methodology", house.methodology, name="methodology"),
    path("robots.txt", house.robots, name="robots"),
    path("sitemap.xml", house.sitemap, name="sitemap"),
    path(
        "sitemap-<int:year>-<int:month>.xml",
        house.sitemap_of_month,
        name="sitemap-of-month",
    ),
]
