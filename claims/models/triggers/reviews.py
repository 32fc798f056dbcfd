"""How a review goes from person to person, and what stays of it."""

from __future__ import annotations

import pgtrigger

from claims.models.triggers.rows import UNDONE, refusal
from claims.vocabulary import ClaimStatus

# What was decided goes out some seconds later. Until then it can be undone, and that is
# all: the row becomes again, field for field, what was handed in or seconded, and the
# one it replaced stands on. The claim goes first, so that it is never published by
# nothing. The history tells what it was meanwhile.
_HISTORY_ALONE = " - ".join(
    f"'{name}'"
    for name in (
        "pgh_id",
        "pgh_created_at",
        "pgh_label",
        "pgh_obj_id",
        "pgh_context_id",
    )
)

PUBLISHED_REVIEW_STANDS = pgtrigger.Trigger(
    name="published_review_stands",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__published_at__isnull=False),
    func=f"""
    IF OLD.published_at > statement_timestamp() AND NEW.published_at IS NULL
       AND NEW.submitted_at = OLD.submitted_at
       AND EXISTS (
           SELECT FROM claims_reviewevent e
           JOIN claims_claim c ON c.id = OLD.claim_id
           WHERE e.pgh_obj_id = OLD.id
           AND to_jsonb(e) - {_HISTORY_ALONE} = to_jsonb(NEW)
           AND e.arbiter_id IS NULL
           AND c.status = CASE WHEN e.second_reviewer_id IS NULL
               THEN '{ClaimStatus.SECOND_REVIEW}' ELSE '{ClaimStatus.ARBITRATION}' END
       )
    THEN
        RETURN NEW;
    END IF;
    IF OLD.valid_to > statement_timestamp() AND NEW.valid_to IS NULL
       AND to_jsonb(NEW) - 'valid_to' = to_jsonb(OLD) - 'valid_to'
       AND EXISTS (
           SELECT FROM claims_claim c
           WHERE c.id = OLD.claim_id AND c.status IN ({UNDONE})
       )
    THEN
        RETURN NEW;
    END IF;
    IF OLD.valid_to IS NOT NULL
       OR (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to')
    THEN
        {refusal("review_published_is_immutable", "a published review never changes")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

# One step at a time, each on record before the next: a row that arrives whole, or takes
# two steps at once, was never seen by two people one after the other.
REVIEW_STARTS_OPEN = pgtrigger.Trigger(
    name="review_starts_open",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF NEW.submitted_at IS NOT NULL OR NEW.second_reviewer_id IS NOT NULL
       OR NEW.arbiter_id IS NOT NULL OR NEW.published_at IS NOT NULL
    THEN
        {refusal("review_starts_open", "a review begins unsubmitted and unpublished")}
    END IF;
    RETURN NEW;
    """,
)

REVIEW_GOES_STEP_BY_STEP = pgtrigger.Trigger(
    name="review_goes_step_by_step",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__published_at__isnull=True),
    func=f"""
    IF (NEW.claim_id, NEW.version) IS DISTINCT FROM (OLD.claim_id, OLD.version) THEN
        {refusal("review_stays_with_its_claim", "a review is of one claim")}
    END IF;
    IF NEW.second_reviewer_id IS NOT NULL AND OLD.submitted_at IS NULL THEN
        {refusal("review_is_submitted_before_seconded", "nothing was submitted yet")}
    END IF;
    IF NEW.second_reviewer_id IS NOT NULL AND EXISTS (
        SELECT FROM claims_reviewevent e
        WHERE e.pgh_obj_id = NEW.id AND e.written_by_id = NEW.second_reviewer_id
    ) THEN
        {refusal("review_second_never_wrote_it", "whoever wrote it cannot second it")}
    END IF;
    IF NEW.arbiter_id IS NOT NULL AND OLD.second_reviewer_id IS NULL THEN
        {refusal("review_is_seconded_before_arbitrated", "no second verdict is in yet")}
    END IF;
    IF NEW.published_at IS NOT NULL AND (
        OLD.second_reviewer_id IS NULL
        OR NEW.submitted_at IS NULL
        OR NOT EXISTS (
            SELECT FROM claims_claim c WHERE c.id = NEW.claim_id
            AND c.status IN ('second_review', 'arbitration')
        )
    ) THEN
        {refusal("review_is_seconded_before_published", "it is not the time to publish")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

# Whoever wrote it stays its writer, or they could second themselves; what was handed
# in stays as it is, but for an arbiter's own words.
SUBMITTED_REVIEW_STANDS = pgtrigger.Trigger(
    name="submitted_review_stands",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__submitted_at__isnull=False)
    & pgtrigger.Q(new__submitted_at__isnull=False)
    & pgtrigger.Q(old__published_at__isnull=True),
    func=f"""
    IF (NEW.written_by_id, NEW.first_verdict, NEW.submitted_at)
       IS DISTINCT FROM (OLD.written_by_id, OLD.first_verdict, OLD.submitted_at)
       OR (NEW.arbiter_id IS NULL OR OLD.arbiter_id IS NOT NULL)
       AND (NEW.verdict, NEW.summary, NEW.explanation)
       IS DISTINCT FROM (OLD.verdict, OLD.summary, OLD.explanation)
    THEN
        {refusal("review_submitted_stands", "what was handed in is not changed")}
    END IF;
    RETURN NEW;
    """,
)

RECORDED_VERDICT_STANDS = pgtrigger.Trigger(
    name="recorded_verdict_stands",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__second_reviewer__isnull=False)
    & pgtrigger.Q(old__published_at__isnull=True)
    & pgtrigger.Q(new__submitted_at__isnull=False),
    func=f"""
    IF (NEW.second_reviewer_id, NEW.second_verdict, NEW.first_verdict)
       IS DISTINCT FROM (OLD.second_reviewer_id, OLD.second_verdict, OLD.first_verdict)
    THEN
        {refusal("review_recorded_verdict_stands", "a recorded verdict is not changed")}
    END IF;
    RETURN NEW;
    """,
)

REVIEW_ENDS_WHEN_REPLACED = pgtrigger.Trigger(
    name="review_ends_when_replaced",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__valid_to__isnull=True)
    & pgtrigger.Q(new__valid_to__isnull=False),
    func=f"""
    IF EXISTS (
        SELECT FROM claims_claim c WHERE c.id = NEW.claim_id
        AND c.status NOT IN ('second_review', 'arbitration', 'retracted')
    ) THEN
        {refusal("review_ends_when_replaced", "a published claim needs its review")}
    END IF;
    RETURN NEW;
    """,
)

PUBLISHED_REVIEW_STAYS = pgtrigger.Trigger(
    name="published_review_stays",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__published_at__isnull=False),
    func=refusal("review_published_is_kept", "a published review is never deleted"),
)
