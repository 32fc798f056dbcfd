"""What the API takes and gives about words on pages that are cited."""

from __future__ import annotations

from claims.models import Citation
from claims.vocabulary import CitationRole
from sources.api.serializers import PassageIn, PassageOut, SourceBriefOut
from sources.api.shapes import One, Out, Words
from sources.models.source import URL_MAX_CHARACTERS


class CitationIn(PassageIn):
    """The words, the page, and what they are cited for."""

    example = {
        "url": "https://example.org/2026/03/strike",
        "exact": "only minor damage",
        "prefix": "the ministry said there was ",
        "suffix": " to two halls",
        "role": "said_here",
    }
    url = Words(max_length=URL_MAX_CHARACTERS)
    role = One(choices=CitationRole.choices, required=False)


class CitationOut(Out):
    """Where it was said, or the evidence: words on a page, and where they stand."""

    passage = PassageOut()
    source = SourceBriefOut(source="passage.source")  # type: ignore[assignment]  # a field of that name

    class Meta:
        model = Citation
        fields = [
            "id",
            "claim",
            "assessment",
            "review",
            "role",
            "created_at",
            "passage",
            "source",
        ]
