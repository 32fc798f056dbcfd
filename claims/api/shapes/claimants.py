"""What the API takes and gives about those who say things."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from rest_framework import serializers

from claims.models import Claimant
from claims.vocabulary import ClaimantKind
from sources.api.shapes import In, Link, One, Out, Reference, Words, longest

ENTRIES_AT_MOST = 50


class PersonOut(serializers.Serializer[User]):
    """Somebody of the house. The name they sign in with is never shown."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(source="get_full_name", read_only=True)


class Page(serializers.CharField):
    """The address of the page that readers see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="get_absolute_url", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return f"{settings.SITE_URL}{value}"


class ClaimantIn(In):
    """Somebody who says things."""

    example = {
        "kind": "person",
        "name": "Ada Quill",
        "aliases": ["Mayor Quill"],
        "role": "mayor",
        "affiliation": "0190163d-8694-739b-aea5-966c26f8ad91",
        "wikidata_id": "",
        "same_as": ["https://example.org/people/quill"],
    }
    kind = One(choices=ClaimantKind.choices)
    name = Words(max_length=longest(Claimant, "name"))
    aliases = serializers.ListField(
        child=Words(max_length=longest(Claimant, "name")),
        max_length=ENTRIES_AT_MOST,
        required=False,
    )
    role = Words(max_length=longest(Claimant, "role"), required=False, allow_blank=True)
    affiliation = Reference(
        queryset=Claimant.objects.all(), required=False, allow_null=True
    )
    wikidata_id = Words(
        max_length=longest(Claimant, "wikidata_id"), required=False, allow_blank=True
    )
    same_as = serializers.ListField(
        child=Link(max_length=2_048), max_length=ENTRIES_AT_MOST, required=False
    )


class ClaimantBriefOut(Out):
    """A claimant, as far as what they said shows."""

    class Meta:
        model = Claimant
        fields = ["id", "kind", "name"]


class ClaimantOut(Out):
    """A person, organisation, government, military, medium or unnamed group."""

    affiliation = ClaimantBriefOut(allow_null=True)
    page = Page()

    class Meta:
        model = Claimant
        fields = [
            "id",
            "kind",
            "name",
            "aliases",
            "role",
            "affiliation",
            "wikidata_id",
            "same_as",
            "version",
            "created_at",
            "page",
        ]
