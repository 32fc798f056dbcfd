"""The words with a fixed meaning, and the table of moves. Stored values are public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy


class ClaimantKind(models.TextChoices):
    """What sort of somebody says things."""

    PERSON = "person", pgettext_lazy("kind of claimant", "Person")
    ORGANISATION = "organisation", pgettext_lazy("kind of claimant", "Organisation")
    GOVERNMENT = "government", pgettext_lazy("kind of claimant", "Government")
    MILITARY = "military", pgettext_lazy("kind of claimant", "Military")
    MEDIA = "media", pgettext_lazy("kind of claimant", "Media")
    GROUP = "group", pgettext_lazy("kind of claimant", "Group")


class Form(models.TextChoices):
    """How the words stand in the article."""

    DIRECT = "direct", pgettext_lazy("form of words", "Direct")
    INDIRECT = "indirect", pgettext_lazy("form of words", "Indirect")
    MIXED = "mixed", pgettext_lazy("form of words", "Mixed")


class Precision(models.TextChoices):
    """How exactly the time of a statement is known."""

    MINUTE = "minute", pgettext_lazy("precision of a time", "Minute")
    DAY = "day", pgettext_lazy("precision of a time", "Day")
    MONTH = "month", pgettext_lazy("precision of a time", "Month")
    YEAR = "year", pgettext_lazy("precision of a time", "Year")


class ClaimStatus(models.TextChoices):
    """Where a claim stands on its way through the desk."""

    NEW = "new", pgettext_lazy("status of a claim", "New")
    IN_REVIEW = "in_review", pgettext_lazy("status of a claim", "In review")
    SECOND_REVIEW = "second_review", pgettext_lazy("status of a claim", "Second review")
    ARBITRATION = "arbitration", pgettext_lazy("status of a claim", "Arbitration")
    PUBLISHED = "published", pgettext_lazy("status of a claim", "Published")
    RECHECK = "recheck", pgettext_lazy("status of a claim", "Recheck")
    CORRECTING = "correcting", pgettext_lazy("status of a claim", "Correcting")
    RETRACTED = "retracted", pgettext_lazy("status of a claim", "Retracted")
    DISMISSED = "dismissed", pgettext_lazy("status of a claim", "Dismissed")


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


# What the house itself notes with a move: kept in English, worded where it is read.
UNDONE = gettext_noop("Undone before readers saw it.")
HOUSE_NOTES = frozenset({UNDONE})


class Stance(models.TextChoices):
    """How an assessment stands to its claim."""

    CONTRADICTS = "contradicts", pgettext_lazy("stance", "Contradicts")
    SUPPORTS = "supports", pgettext_lazy("stance", "Supports")
    QUALIFIES = "qualifies", pgettext_lazy("stance", "Qualifies")
    EXPLAINS_AWAY = "explains_away", pgettext_lazy("stance", "Explains away")
    DEFERS = "defers", pgettext_lazy("stance", "Defers")


CONTRADICTING = (Stance.CONTRADICTS, Stance.EXPLAINS_AWAY)


class AssessmentState(models.TextChoices):
    """Whether a person stands behind an assessment."""

    SUGGESTED = "suggested", pgettext_lazy("state of an assessment", "Suggested")
    CONFIRMED = "confirmed", pgettext_lazy("state of an assessment", "Confirmed")
    REJECTED = "rejected", pgettext_lazy("state of an assessment", "Rejected")


class CitationRole(models.TextChoices):
    """What a cited passage is there for."""

    SAID_HERE = "said_here", pgettext_lazy("role of a citation", "Said here")
    EVIDENCE_FOR = "evidence_for", pgettext_lazy("role of a citation", "Evidence for")
    EVIDENCE_AGAINST = (
        "evidence_against",
        pgettext_lazy("role of a citation", "Evidence against"),
    )
    CONTEXT = "context", pgettext_lazy("role of a citation", "Context")


class Verdict(models.TextChoices):
    """What the desk found."""

    TRUE = "true", pgettext_lazy("verdict", "True")
    MOSTLY_TRUE = "mostly_true", pgettext_lazy("verdict", "Mostly true")
    MIXED = "mixed", pgettext_lazy("verdict", "Mixed")
    MISLEADING = "misleading", pgettext_lazy("verdict", "Misleading")
    FALSE = "false", pgettext_lazy("verdict", "False")
    UNPROVEN = "unproven", pgettext_lazy("verdict", "Unproven")


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

    CORRECTION = "correction", pgettext_lazy("kind of correction", "Correction")
    UPDATE = "update", pgettext_lazy("kind of correction", "Update")
    RETRACTION = "retraction", pgettext_lazy("kind of correction", "Retraction")


class ArticleState(models.TextChoices):
    """How far an article is."""

    READING = "reading", _("Being read")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")


class CandidateState(models.TextChoices):
    """What an editor did with a proposed statement."""

    PROPOSED = "proposed", pgettext_lazy("state of a candidate", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("state of a candidate", "Accepted")
    MERGED = "merged", pgettext_lazy("state of a candidate", "Merged")
    REJECTED = "rejected", pgettext_lazy("state of a candidate", "Rejected")


class RecheckReason(models.TextChoices):
    """Why a published claim came back to the desk."""

    QUOTE_ALTERED = "quote_altered", _("A cited quotation was altered")
    QUOTE_MISSING = "quote_missing", _("A cited quotation is missing")
    SOURCE_GONE = "source_gone", _("A cited source is gone")
    CONTRADICTED = "contradicted", _("A new contradicting assessment")
    REPORTED = "reported", _("A reader's report")


class Scope(models.TextChoices):
    """What an access token may do."""

    CLAIMS_READ = "claims:read", _("Read claims")
    CLAIMS_WRITE = "claims:write", _("Create and change claims")
    ASSESSMENTS_WRITE = "assessments:write", _("Create and change assessments")
    REVIEW_DECIDE = "review:decide", _("Record verdicts")
    PUBLISH = "publish", _("Publish, correct and retract")
    SOURCES_REFRESH = "sources:refresh", _("Have sources checked")
    EXPORT = "export", _("Export")
    WEBHOOKS_MANAGE = "webhooks:manage", _("Manage webhooks")


class EventType(models.TextChoices):
    """What readers, and programs that ask for it, are told of."""

    CLAIM_PUBLISHED = "claim.published", pgettext_lazy("event", "Claim published")
    CLAIM_CORRECTED = "claim.corrected", pgettext_lazy("event", "Claim corrected")
    CLAIM_RETRACTED = "claim.retracted", pgettext_lazy("event", "Claim retracted")
    ASSESSMENT_CONFIRMED = (
        "assessment.confirmed",
        pgettext_lazy("event", "Assessment confirmed"),
    )
    QUOTE_ALTERED = "quote.altered", pgettext_lazy("event", "Quotation altered")
    QUOTE_MISSING = "quote.missing", pgettext_lazy("event", "Quotation missing")
    SOURCE_GONE = "source.gone", pgettext_lazy("event", "Source gone")


class OffReason(models.TextChoices):
    """Why nothing is sent to a webhook any more."""

    OWNER = "owner", pgettext_lazy("webhook switched off", "By its owner")
    GONE = "gone", pgettext_lazy("webhook switched off", "It answered 410 Gone")
    FAILING = "failing", pgettext_lazy("webhook switched off", "It failed for days")
    REMOVED = "removed", pgettext_lazy("webhook switched off", "It was removed")


class DeliveryStatus(models.TextChoices):
    """What became of something that is sent to a webhook."""

    WAITING = "waiting", pgettext_lazy("status of a delivery", "Waiting")
    DELIVERED = "delivered", pgettext_lazy("status of a delivery", "Delivered")
    FAILED = "failed", pgettext_lazy("status of a delivery", "Failed")


class ExchangeFormat(models.TextChoices):
    """What claims are written in, on their way from one house to another."""

    CSV = "csv", pgettext_lazy("format of a file", "CSV")
    XLSX = "xlsx", pgettext_lazy("format of a file", "Excel")
    JSON = "json", pgettext_lazy("format of a file", "JSON")
    NDJSON = "ndjson", pgettext_lazy("format of a file", "NDJSON")


class ExportFormat(models.TextChoices):
    """What claims are given away in."""

    NDJSON = "ndjson", pgettext_lazy("format of a file", "NDJSON")
    JSON = "json", pgettext_lazy("format of a file", "JSON")
    CSV = "csv", pgettext_lazy("format of a file", "CSV")
    XLSX = "xlsx", pgettext_lazy("format of a file", "Excel")
    CLAIMREVIEW = "claimreview", pgettext_lazy("format of a file", "ClaimReview")
    DATAFEED = "datafeed", pgettext_lazy("format of a file", "DataFeed")


class ImportState(models.TextChoices):
    """How far a file has been taken in."""

    CHECKING = "checking", pgettext_lazy("state of an import", "Being checked")
    CHECKED = "checked", pgettext_lazy("state of an import", "Checked")
    RUNNING = "running", pgettext_lazy("state of an import", "Being taken in")
    DONE = "done", pgettext_lazy("state of an import", "Done")
    REFUSED = "refused", pgettext_lazy("state of an import", "Refused")
    STOPPED = "stopped", pgettext_lazy("state of an import", "Stopped")


class JobState(models.TextChoices):
    """How far long work has come, of whatever sort it is."""

    WAITING = "waiting", pgettext_lazy("state of a job", "Waiting")
    RUNNING = "running", pgettext_lazy("state of a job", "Running")
    DONE = "done", pgettext_lazy("state of a job", "Done")
    FAILED = "failed", pgettext_lazy("state of a job", "Failed")
    STOPPED = "stopped", pgettext_lazy("state of a job", "Stopped")


class RowOutcome(models.TextChoices):
    """What became of a row of a file."""

    NEW = "new", pgettext_lazy("outcome of a row", "New")
    JOINED = "joined", pgettext_lazy("outcome of a row", "Added to a known claim")
    KNOWN = "known", pgettext_lazy("outcome of a row", "Known")
    PASSED = "passed", pgettext_lazy("outcome of a row", "Passed over")
    REFUSED = "refused", pgettext_lazy("outcome of a row", "Refused")


class Reader(models.TextChoices):
    """Who proposed something: the rules of this house, or a model of another one."""

    BUILT_IN = "built_in", pgettext_lazy("who proposed it", "Built in")
    ENDPOINT = "endpoint", pgettext_lazy("who proposed it", "Plugged in")


class WhyNot(models.TextChoices):
    """Why the plugged-in model did not do it, each as a sentence of its own."""

    UNREACHABLE = "unreachable", _("It could not be reached.")
    LATE = "late", _("It did not answer in time.")
    BUSY = "busy", _("It asked to be left alone for a while.")
    FAILED = "failed", _("It answered that something went wrong there.")
    REFUSED = "refused", _("It refused the request: the key, the model or the address.")
    ASTRAY = "astray", _("It sent us on to another address, which is not followed.")
    RUBBISH = "rubbish", _("Its answer was not of the form that was asked for.")
    TOO_LARGE = "too_large", _("Its answer was larger than is read.")
    NOT_THERE = "not_there", _("Nothing of what it proposed stands in the text.")
    TOO_LONG = "too_long", _("The text is longer than it is given.")
    BUDGET = "budget", _("What it may be asked in a day is used up.")
    PAUSED = "paused", _("It failed just before and is left alone for a while.")
