"""What the API takes and gives about files that come in, and what is at work."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.shapes.claimants import PersonOut
from claims.api.shapes.webhooks import Switch
from claims.exchange import reporting
from claims.exchange.reading.files import ENCODINGS
from claims.models import Import, ImportRow
from claims.vocabulary import JobState, RowOutcome
from sources.api.shapes import In, One, Out, Words, longest

CONTENT_MAX_CHARACTERS = 8 * 1024 * 1024


class ImportIn(In):
    """Claims and fact-checks of others, as the text of a file."""

    example: ClassVar[dict[str, Any] | None] = {
        "name": "checks.csv",
        "content": "statement,claimant,said_at\nThe dam held.,Ada Quill,2026-03-14\n",
        "dry_run": True,
    }
    content = Words(
        trim_whitespace=False,
        max_length=CONTENT_MAX_CHARACTERS,
        help_text="ClaimReview as JSON-LD, DataFeed or NDJSON, or a CSV table.",
    )
    name = Words(
        required=False, max_length=longest(Import, "name"), help_text="Of the file."
    )
    dry_run = Switch(
        required=False,
        help_text="Check it and wait: nothing is made before it is started.",
    )
    all_or_nothing = Switch(
        required=False, help_text="Refuse it as a whole where one row is faulty."
    )
    claimant = Words(
        required=False,
        allow_blank=True,
        max_length=longest(Import, "unnamed"),
        help_text="Whom claims are put down to that name nobody.",
    )
    language = Words(
        required=False,
        max_length=longest(Import, "language"),
        help_text="Of what does not say.",
    )


class ImportFormIn(In):
    """Claims and fact-checks of others, as a file."""

    file = serializers.FileField(
        allow_empty_file=True,
        help_text="ClaimReview as JSON-LD, DataFeed or NDJSON, CSV, or Excel (.xlsx).",
    )
    dry_run = serializers.BooleanField(
        required=False,
        help_text="Check it and wait: nothing is made before it is started.",
    )
    all_or_nothing = serializers.BooleanField(
        required=False, help_text="Refuse it as a whole where one row is faulty."
    )
    claimant = Words(
        required=False,
        allow_blank=True,
        max_length=longest(Import, "unnamed"),
        help_text="Whom claims are put down to that name nobody.",
    )
    language = Words(
        required=False,
        max_length=longest(Import, "language"),
        help_text="Of what does not say.",
    )
    encoding = One(
        choices=list(ENCODINGS),
        required=False,
        help_text="Of text that is not UTF-8 and does not say.",
    )


class RowFaultOut(serializers.Serializer[Any]):
    """What is wrong with a row, or with a file, and what to do."""

    field = serializers.CharField(help_text="As the file calls it; empty: all of it.")
    code = serializers.CharField(help_text="For programs; it does not change.")
    problem = serializers.CharField(help_text="What is wrong, for people.")
    advice = serializers.CharField(help_text="What to do about it.")


def _told(kept: dict[str, Any]) -> dict[str, str]:
    fault = reporting.worded(kept)
    return {
        "field": fault.field,
        "code": fault.code,
        "problem": fault.said,
        "advice": fault.advised,
    }


class CountsOut(serializers.Serializer[Any]):
    """How many rows came to what, or would."""

    new = serializers.IntegerField(help_text="A claim is made of it.")
    joined = serializers.IntegerField(help_text="It adds to a claim that is known.")
    known = serializers.IntegerField(help_text="All of it is known.")
    passed = serializers.IntegerField(help_text="It is about something else.")
    refused = serializers.IntegerField(help_text="It cannot be taken in.")


class ImportOut(Out):
    """A file that is taken in, and how far that has come."""

    counts = CountsOut()
    all_or_nothing = serializers.BooleanField(source="whole")
    claimant = serializers.CharField(source="unnamed", allow_blank=True)
    added_by = PersonOut(allow_null=True)
    unread = serializers.ListField(
        child=serializers.CharField(), help_text="Columns that nobody reads."
    )
    problem = serializers.SerializerMethodField()

    class Meta:
        model = Import
        fields = [
            "id",
            "name",
            "format",
            "encoding",
            "bytes",
            "all_or_nothing",
            "claimant",
            "language",
            "state",
            "place",
            "total",
            "counts",
            "unread",
            "problem",
            "added_by",
            "added_at",
            "finished_at",
        ]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "place": {"help_text": "How many rows were read in this round."},
            "total": {"help_text": "How many there are, once it is known."},
        }

    @extend_schema_field(RowFaultOut(allow_null=True))
    def get_problem(self, row: Import) -> dict[str, str] | None:
        """Why it was refused or given up."""
        return _told(row.problem) if row.problem else None


class ImportWithPreviewOut(ImportOut):
    """A file that is taken in, with its first rows as they are read."""

    preview = serializers.ListField(
        child=serializers.DictField(), help_text="The first rows, as they are read."
    )

    class Meta(ImportOut.Meta):
        fields = [*ImportOut.Meta.fields, "preview"]


class ImportRowOut(Out):
    """What became of a row."""

    outcome = serializers.ChoiceField(choices=RowOutcome.choices)
    faults = serializers.SerializerMethodField()

    class Meta:
        model = ImportRow
        fields = ["number", "outcome", "claim", "excerpt", "faults"]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "number": {"help_text": "1 is the first row after the header."},
            "excerpt": {"help_text": "How it begins, where no claim came of it."},
        }

    @extend_schema_field(RowFaultOut(many=True))
    def get_faults(self, row: ImportRow) -> list[dict[str, str]]:
        """What is wrong with it."""
        return [_told(each) for each in row.faults]


class JobOut(serializers.Serializer[Any]):
    """Long work, and how far it has come."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(
        choices=["import"], help_text="What sort of work it is."
    )
    state = serializers.ChoiceField(choices=JobState.choices)
    done = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="Null while nobody knows."
    )
    began_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    of = serializers.CharField(help_text="The address of what it works at.")
