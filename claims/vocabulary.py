"""The words with a fixed meaning, and the table of moves. Stored values are public."""

from __future__ import annotations

from django.db import models


class ClaimantKind(models.TextChoices):
    """What sort of somebody says things."""

    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    GOVERNMENT = "government", "Government"
    MILITARY = "military", "Military"
    MEDIA = "media", "Media"
    GROUP = "group", "Group"


class Form(models.TextChoices):
    """How the words stand in the article."""

    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect"
    MIXED = "mixed", "Mixed"


class Precision(models.TextChoices):
    """How exactly the time of a statement is known."""

    MINUTE = "minute", "Minute"
    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


class ClaimStatus(models.TextChoices):
    """Where a claim stands on its way through the desk."""

    NEW = "new", "New"
    IN_REVIEW = "in_review", "In review"
    SECOND_REVIEW = "second_review", "Second review"
    ARBITRATION = "arbitration", "Arbitration"
    PUBLISHED = "published", "Published"
    RECHECK = "recheck", "Recheck"
    CORRECTING = "correcting", "Correcting"
    RETRACTED = "retracted", "Retracted"
    DISMISSED = "dismissed", "Dismissed"


# What readers may see: the review that was published stays up while the desk
# looks at the claim again.
PUBLIC_STATUSES = (
    ClaimStatus.PUBLISHED,
    ClaimStatus.RECHECK,
    ClaimStatus.CORRECTING,
    ClaimStatus.RETRACTED,
)

# What nobody has published, or nobody will.
NEVER_PUBLIC = (ClaimStatus.NEW, ClaimStatus.IN_REVIEW, ClaimStatus.DISMISSED)

MOVES: dict[ClaimStatus, frozenset[ClaimStatus]] = {
    ClaimStatus.NEW: frozenset({ClaimStatus.IN_REVIEW, ClaimStatus.DISMISSED}),
    ClaimStatus.IN_REVIEW: frozenset(
        {ClaimStatus.SECOND_REVIEW, ClaimStatus.NEW, ClaimStatus.DISMISSED}
    ),
    ClaimStatus.SECOND_REVIEW: frozenset(
        {
            ClaimStatus.PUBLISHED,
            ClaimStatus.ARBITRATION,
            ClaimStatus.IN_REVIEW,
            ClaimStatus.CORRECTING,
            ClaimStatus.NEW,
        }
    ),
    ClaimStatus.ARBITRATION: frozenset(
        {
            ClaimStatus.PUBLISHED,
            ClaimStatus.IN_REVIEW,
            ClaimStatus.CORRECTING,
            ClaimStatus.NEW,
        }
    ),
    ClaimStatus.PUBLISHED: frozenset(
        {ClaimStatus.RECHECK, ClaimStatus.CORRECTING, ClaimStatus.RETRACTED}
    ),
    ClaimStatus.RECHECK: frozenset(
        {ClaimStatus.PUBLISHED, ClaimStatus.CORRECTING, ClaimStatus.RETRACTED}
    ),
    ClaimStatus.CORRECTING: frozenset(
        {ClaimStatus.SECOND_REVIEW, ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED}
    ),
    ClaimStatus.RETRACTED: frozenset(),
    ClaimStatus.DISMISSED: frozenset({ClaimStatus.NEW}),
}


# What somebody still has to do something about.
AT_THE_DESK = (
    ClaimStatus.NEW,
    ClaimStatus.IN_REVIEW,
    ClaimStatus.SECOND_REVIEW,
    ClaimStatus.ARBITRATION,
    ClaimStatus.RECHECK,
    ClaimStatus.CORRECTING,
)

# Where a publication leads back to, as long as readers have not seen it.
UNDONE_TO = frozenset({ClaimStatus.SECOND_REVIEW, ClaimStatus.ARBITRATION})


class Stance(models.TextChoices):
    """How an assessment stands to its claim."""

    CONTRADICTS = "contradicts", "Contradicts"
    SUPPORTS = "supports", "Supports"
    QUALIFIES = "qualifies", "Qualifies"
    EXPLAINS_AWAY = "explains_away", "Explains away"
    DEFERS = "defers", "Defers"


CONTRADICTING = (Stance.CONTRADICTS, Stance.EXPLAINS_AWAY)


class AssessmentState(models.TextChoices):
    """Whether a person stands behind an assessment."""

    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class CitationRole(models.TextChoices):
    """What a cited passage is there for."""

    SAID_HERE = "said_here", "Said here"
    EVIDENCE_FOR = "evidence_for", "Evidence for"
    EVIDENCE_AGAINST = "evidence_against", "Evidence against"
    CONTEXT = "context", "Context"


class Verdict(models.TextChoices):
    """What the desk found."""

    TRUE = "true", "True"
    MOSTLY_TRUE = "mostly_true", "Mostly true"
    MIXED = "mixed", "Mixed"
    MISLEADING = "misleading", "Misleading"
    FALSE = "false", "False"
    UNPROVEN = "unproven", "Unproven"


# schema.org ratingValue, 5 best; what is unproven is not rated.
RATING_VALUES: dict[Verdict, int | None] = {
    Verdict.TRUE: 5,
    Verdict.MOSTLY_TRUE: 4,
    Verdict.MIXED: 3,
    Verdict.MISLEADING: 2,
    Verdict.FALSE: 1,
    Verdict.UNPROVEN: None,
}


class CorrectionKind(models.TextChoices):
    """What sort of public note goes with a changed review."""

    CORRECTION = "correction", "Correction"
    UPDATE = "update", "Update"
    RETRACTION = "retraction", "Retraction"


class CandidateState(models.TextChoices):
    """What an editor did with a proposed statement."""

    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    MERGED = "merged", "Merged"
    REJECTED = "rejected", "Rejected"


class RecheckReason(models.TextChoices):
    """Why a published claim came back to the desk."""

    QUOTE_ALTERED = "quote_altered", "A cited quotation was altered"
    QUOTE_MISSING = "quote_missing", "A cited quotation is missing"
    SOURCE_GONE = "source_gone", "A cited source is gone"
    CONTRADICTED = "contradicted", "A new contradicting assessment"
    REPORTED = "reported", "A reader's report"


class Scope(models.TextChoices):
    """What an access token may do."""

    CLAIMS_READ = "claims:read", "Read claims"
    CLAIMS_WRITE = "claims:write", "Create and change claims"
    ASSESSMENTS_WRITE = "assessments:write", "Create and change assessments"
    REVIEW_DECIDE = "review:decide", "Record verdicts"
    PUBLISH = "publish", "Publish, correct and retract"
    SOURCES_REFRESH = "sources:refresh", "Have sources checked"
    EXPORT = "export", "Export"
    WEBHOOKS_MANAGE = "webhooks:manage", "Manage webhooks"
