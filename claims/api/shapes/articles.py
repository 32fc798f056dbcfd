"""What the API takes and gives about articles and what is proposed from them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.shapes.claimants import PersonOut
from claims.api.shapes.claims import StatementIn
from claims.models import Article, Candidate, Claim, Claimant
from claims.vocabulary import ArticleState
from sources.api.shapes import Day, In, Out, Reference, Words, longest
from sources.models.source import URL_MAX_CHARACTERS


class ArticleIn(In):
    """
    A text to be read, or the address of a page that has it.

    Offsets of candidates point into the text as it is given.
    """

    example: ClassVar[dict[str, Any] | None] = {
        "text": "“The dam held,” Mayor Ada Quill said on Saturday.",
        "title": "After the flood",
        "publisher": "The Example",
        "published_on": "2026-03-14",
        "language": "en",
        "source_url": "https://example.org/2026/03/flood",
    }
    text = Words(
        trim_whitespace=False,
        required=False,
        max_length=settings.CLAIMS_ARTICLE_MAX_CHARACTERS,
    )
    url = Words(
        max_length=URL_MAX_CHARACTERS,
        required=False,
        help_text="The page to be fetched, in the place of a text.",
    )
    title = Words(
        max_length=longest(Article, "title"), required=False, allow_blank=True
    )
    publisher = Words(
        max_length=longest(Article, "publisher"), required=False, allow_blank=True
    )
    published_on = Day(required=False, allow_null=True)
    language = Words(max_length=longest(Article, "language"), required=False)
    source_url = Words(
        max_length=URL_MAX_CHARACTERS,
        required=False,
        allow_blank=True,
        help_text="Where the text was published.",
    )

    # What an article can come as; one of them is given.
    ways: ClassVar[tuple[str, ...]] = ("text", "url")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Require one way, and no address beside the page's own."""
        given = [way for way in self.ways if way in attrs]
        if not given:
            raise serializers.ValidationError(
                {"text": _("Give the text, a file, or the address of its page.")},
                code="required",
            )
        if len(given) > 1:
            raise serializers.ValidationError(
                {given[-1]: _("Give one of them: which of them is the article?")},
                code="too_many",
            )
        if given == ["url"] and attrs.pop("source_url", ""):
            raise serializers.ValidationError(
                {"source_url": _("The page is the source: leave this out.")},
                code="too_many",
            )
        return attrs


class ArticleFormIn(ArticleIn):
    """An article as a form: its file, its text, or the address of a page that has it."""

    example: ClassVar[dict[str, Any] | None] = None
    file = serializers.FileField(
        required=False,
        allow_empty_file=True,
        help_text="Plain text in UTF-8, HTML, PDF or a Word document (.docx).",
    )
    ways = ("file", "text", "url")


class ProgressOut(serializers.Serializer[Any]):
    """How far the reading of an article is."""

    step = serializers.ChoiceField(
        choices=["fetching", "reading", "done"], help_text="What is being done."
    )
    parts = serializers.IntegerField(
        help_text="In how many parts a plugged-in model reads it; 0 before it is known."
    )
    parts_read = serializers.IntegerField(help_text="How many of them it has read.")


class ArticleOut(Out):
    """An article fed to the desk; one of another's text names that in `same_as`."""

    state = serializers.ChoiceField(
        choices=ArticleState.choices,
        source="standing",
        help_text="`failed`: `problem` says why.",
    )
    progress = serializers.SerializerMethodField()

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
            "same_as",
            "source",
            "added_by",
            "added_at",
            "state",
            "progress",
            "read_at",
            "problem",
            "open",
        ]

    @extend_schema_field(ProgressOut)
    def get_progress(self, article: Article) -> dict[str, Any]:
        """Say which step an article is at."""
        step = "reading" if article.standing == ArticleState.READING else "done"
        return {
            "step": "fetching" if article.waits_for_page else step,
            "parts": article.parts,
            "parts_read": article.parts_read,
        }


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
