"""What the API takes and gives about pages."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from rest_framework import serializers

from sources.api.shapes import In, Moment, Out, Words, longest
from sources.models import Check, Passage, Sighting, Snapshot, Source
from sources.models.passage import EXACT_MAX_CHARACTERS
from sources.models.source import URL_MAX_CHARACTERS
from sources.vocabulary import Outcome

# What the newest look at a source found, for many sources in one statement.
LAST_CHECK = Subquery(
    Check.objects.filter(source=OuterRef("pk"))
    .newest_first()
    .values(
        said=JSONObject(
            outcome="outcome",
            http_status="http_status",
            detail="detail",
            facts="facts",
        )
    )[:1]
)


class SourceIn(In):
    """An address to keep an eye on."""

    example = {"url": "https://example.org/2026/03/strike"}
    url = Words(max_length=URL_MAX_CHARACTERS)


class SourceChangeIn(In):
    """What a person knows better than the page says."""

    title = Words(max_length=longest(Source, "title"), allow_blank=True)
    publisher = Words(max_length=longest(Source, "publisher"), allow_blank=True)
    author = Words(max_length=longest(Source, "author"), allow_blank=True)
    published_at = Moment(allow_null=True)
    language = Words(max_length=longest(Source, "language"), allow_blank=True)


class LastCheckOut(serializers.Serializer[Check]):
    """What the newest look at a source found."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    http_status = serializers.IntegerField(allow_null=True)
    detail = serializers.CharField(
        source="said", help_text="One sentence, in the language that was asked for."
    )

    def get_attribute(self, instance: Any) -> Check | None:
        """Take what was asked for with the source, where its query did."""
        source: Source = instance
        if source.last_checked_at is None:
            return None
        if "last_check" not in source.__dict__:
            return source.checks.newest_first().first()
        said: dict[str, Any] | None = source.__dict__["last_check"]
        return Check(**said) if said else None


class SourceOut(Out):
    """A page at an address, and where it stands."""

    last_check = LastCheckOut(
        help_text="What the newest look found; null before the first."
    )

    class Meta:
        model = Source
        fields = [
            "id",
            "url",
            "canonical_url",
            "final_url",
            "same_as",
            "host",
            "title",
            "publisher",
            "author",
            "published_at",
            "language",
            "media_type",
            "version",
            "state",
            "state_since",
            "failing_since",
            "due_at",
            "failures",
            "last_checked_at",
            "last_check",
            "attempts",
            "parked_at",
            "archived_url",
            "archived_at",
            "added_at",
        ]


class SourceBriefOut(Out):
    """A page, as far as a citation of it shows."""

    class Meta:
        model = Source
        fields = [
            "id",
            "url",
            "canonical_url",
            "title",
            "publisher",
            "state",
            "state_since",
            "archived_url",
        ]


class HopOut(serializers.Serializer[Check]):
    """One redirect that was followed."""

    url = serializers.CharField()
    status = serializers.IntegerField()


class CheckOut(Out):
    """One look at a source by a worker."""

    hops = HopOut(many=True)
    detail = serializers.CharField(
        source="said", help_text="One sentence, in the language that was asked for."
    )

    class Meta:
        model = Check
        fields = [
            "id",
            "source",
            "started_at",
            "duration_ms",
            "outcome",
            "http_status",
            "hops",
            "bytes",
            "snapshot",
            "detail",
        ]


class SnapshotOut(Out):
    """What a check saw."""

    class Meta:
        model = Snapshot
        fields = [
            "id",
            "source",
            "sha256",
            "fetched_at",
            "final_url",
            "memento_url",
            "media_type",
            "charset",
            "body_bytes",
            "text_sha256",
            "title",
        ]


class SnapshotTextOut(SnapshotOut):
    """What a check saw, with the text a reader sees."""

    class Meta(SnapshotOut.Meta):
        fields = [*SnapshotOut.Meta.fields, "text"]


class PassageIn(In):
    """The words to watch, and what stands around them (W3C TextQuoteSelector)."""

    example = {
        "exact": "only minor damage",
        "prefix": "the ministry said there was ",
        "suffix": " to two halls",
    }
    exact = Words(max_length=EXACT_MAX_CHARACTERS, trim_whitespace=False)
    # Context longer than is kept is cut on the far side.
    prefix = Words(
        max_length=EXACT_MAX_CHARACTERS,
        required=False,
        allow_blank=True,
        trim_whitespace=False,
    )
    suffix = Words(
        max_length=EXACT_MAX_CHARACTERS,
        required=False,
        allow_blank=True,
        trim_whitespace=False,
    )


class PassageOut(Out):
    """Words watched on a source, and where they stand now."""

    class Meta:
        model = Passage
        fields = [
            "id",
            "source",
            "exact",
            "prefix",
            "suffix",
            "state",
            "state_since",
            "snapshot",
            "start",
            "end",
            "misses",
            "added_at",
        ]


class SightingOut(Out):
    """One change of where a passage stands, or a find of its words in an archive."""

    class Meta:
        model = Sighting
        fields = [
            "id",
            "passage",
            "at",
            "state",
            "snapshot",
            "memento_url",
            "found",
            "diff",
        ]
        extra_kwargs = {
            "memento_url": {
                "help_text": "The archive's copy in which they were seen; empty where it"
                " was the page itself."
            },
            "found": {
                "help_text": "What stands there now, where it is not these words."
            },
            "diff": {
                "help_text": "How it differs, as [operation, words] with one of = - +."
            },
        }
