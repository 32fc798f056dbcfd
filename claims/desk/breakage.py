"""What became of the evidence of a claim, for whoever is about to publish on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.errors import MoveRefused
from claims.search import causes
from claims.vocabulary import ClaimStatus
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.desk.evidence import Evidence
    from claims.models import Assessment, Claim
    from claims.search.causes import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """The evidence that no longer stands as it was cited; false where all does."""

    told: str  # "1 quotation reads otherwise now; 1 page is gone"
    evidence: tuple[Evidence, ...]

    def __bool__(self) -> bool:
        return bool(self.evidence)


def breakage(evidence: Sequence[Evidence]) -> Breakage:
    """
    Say in words which of the evidence no longer stands as it was cited.

    A page that is gone counts unless an archive's copy shows the words.
    """
    altered = [e for e in evidence if e.passage.state == PassageState.ALTERED]
    missing = [e for e in evidence if e.passage.state == PassageState.MISSING]
    lost = [e for e in evidence if is_gone(e)]
    pages = {each.passage.source_id for each in lost}
    told = (
        ngettext(
            "%(n)d quotation reads otherwise now",
            "%(n)d quotations read otherwise now",
            len(altered),
        ),
        ngettext(
            "%(n)d quotation is missing from its page",
            "%(n)d quotations are missing from their pages",
            len(missing),
        ),
        ngettext("%(n)d page is gone", "%(n)d pages are gone", len(pages)),
    )
    numbers = (len(altered), len(missing), len(pages))
    return Breakage(
        told=pgettext("between parts of a sentence", "; ").join(
            each % {"n": n} for each, n in zip(told, numbers, strict=True) if n
        ),
        evidence=tuple(e for e in evidence if e.passage.is_broken or is_gone(e)),
    )


def is_gone(evidence: Evidence) -> bool:
    """Tell whether the page is gone, and no archive's copy shows the words."""
    return evidence.passage.source.state == SourceState.GONE and not evidence.copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """One thing that broke under a published claim, and the evidence it befell."""

    cause: Cause
    evidence: Evidence

    @property
    def key(self) -> str:
        """What the page says of it again when it is answered."""
        return _key(self.cause)


def unanswered(claim: Claim, evidence: Sequence[Evidence]) -> list[Unanswered]:
    """Return all that broke since somebody last answered for it; empty elsewhere."""
    if claim.status != ClaimStatus.RECHECK:
        return []
    shown = {each.passage.pk: each for each in evidence}
    # Words that are cited twice broke once.
    found = {
        (cause.passage.pk, cause.reason): cause
        for cause in causes.unanswered([claim.pk]).get(claim.pk, [])
    }
    return [
        Unanswered(cause=cause, evidence=shown[cause.passage.pk])
        for cause in found.values()
        if cause.passage.pk in shown
    ]


def voices(claim: Claim) -> list[Assessment]:
    """Return who contradicts it since somebody last answered; empty elsewhere."""
    if claim.status != ClaimStatus.RECHECK:
        return []
    return list(causes.contradictions(claim))


def require_known(claim: Claim, known: str) -> None:
    """
    Raise MoveRefused where something broke that the page did not show yet.

    `known` holds the keys of what it showed, parted by spaces.
    """
    shown = set(known.split())
    new = {
        cause.note: None
        for cause in causes.unanswered([claim.pk]).get(claim.pk, [])
        if _key(cause) not in shown
    } | {
        f"{voice.assessor.name}: {voice.statement[:200]}": None
        for voice in voices(claim)
        if str(voice.pk) not in shown
    }
    if new:
        raise MoveRefused(
            _(
                "Meanwhile more has changed: %(what)s. Look at it, then say again why what is published stands."
            )
            % {"what": pgettext("between parts of a sentence", "; ").join(new)}
        )


def _key(cause: Cause) -> str:
    return f"{cause.passage.pk}.{cause.reason}.{cause.since.isoformat()}"
