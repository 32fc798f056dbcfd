"""What the API takes and gives about articles and what is proposed from them."""

from __future__ import annotations

from rest_framework import serializers

from claims.api.shapes.claimants import PersonOut
from claims.api.shapes.claims import StatementIn
from claims.models import Article, Candidate, Claim, Claimant
from sources.api.shapes import Day, In, Out, Reference, Words, longest
from sources.models.source import URL_MAX_CHARACTERS


class ArticleIn(In):
    """A text to be read; offsets of candidates point into it as it is given."""

    example = {
        "text": "“The dam held,” Mayor Ada Quill said on Saturday.",
        "title": "After the flood",
        "publisher": "The Example",
        "published_on": "2026-03-14",
        "language": "en",
        "source_url": "https://example.org/2026/03/flood",
    }
    text = Words(trim_whitespace=False)
    title = Words(
        max_length=longest(Article, "title"), required=False, allow_blank=True
    )
    publisher = Words(
        max_length=longest(Article, "publisher"), required=False, allow_blank=True
    )
    published_on = Day(required=False, allow_null=True)
    language = Words(max_length=longest(Article, "language"), required=False)
    source_url = Words(max_length=URL_MAX_CHARACTERS, required=False, allow_blank=True)


class ArticleOut(Out):
    """An article fed to the desk."""

    added_by = PersonOut(allow_null=True)
    open = serializers.IntegerField(help_text="Candidates that wait for an editor.")

    class Meta:
        model = Article
        fields = [
            "id",
            "title",
            "publisher",
            "published_on",
            "language",
            "text_sha256",
            "source",
            "added_by",
            "added_at",
            "read_at",
            "problem",
            "open",
        ]


class ArticleTextOut(ArticleOut):
    """An article fed to the desk, with its text."""

    class Meta(ArticleOut.Meta):
        fields = [*ArticleOut.Meta.fields, "text"]


class CandidateOut(Out):
    """A statement proposed by the extractor; `article.text[start:end] == text`."""

    pieces = serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(), min_length=2, max_length=2
        ),
        help_text="[start, end] of each part, where the speaker interrupts it.",
    )
    decided_by = PersonOut(allow_null=True)

    class Meta:
        model = Candidate
        fields = [
            "id",
            "article",
            "text",
            "start",
            "end",
            "pieces",
            "form",
            "cue",
            "mention",
            "mention_start",
            "mention_end",
            "claimant_name",
            "claimant_kind",
            "role",
            "affiliation",
            "when",
            "said_on",
            "state",
            "claim",
            "decided_by",
            "decided_at",
        ]


class AcceptIn(StatementIn):
    """What the editor has otherwise than it was proposed; nothing, mostly."""

    statement = Words(max_length=longest(Claim, "statement"), required=False)
    claimant = Reference(queryset=Claimant.objects.all(), required=False)


class MergeIn(In):
    """The claim that says the same."""

    claim = Reference(queryset=Claim.objects.all())
