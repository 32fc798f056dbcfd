"""What is kept beside a review: corrections, assessments, citations, audits."""

from __future__ import annotations

import pgtrigger

from claims.models.triggers.rows import refusal

CORRECTION_STAYS_AS_IT_IS = pgtrigger.Protect(
    name="append_only", operation=pgtrigger.Update
)

CORRECTION_ONCE_PUBLIC_STAYS = pgtrigger.Trigger(
    name="correction_once_public_stays",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
    IF OLD.at <= statement_timestamp() OR NOT EXISTS (
        SELECT FROM claims_review r
        WHERE r.id = OLD.review_to_id AND r.published_at IS NULL
    ) THEN
        {refusal("correction_once_public_stays", "readers have seen this note")}
    END IF;
    RETURN OLD;
    """,
)

ASSESSMENT_STAYS_WITH_ITS_CLAIM = pgtrigger.Trigger(
    name="assessment_stays_with_its_claim",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("claim"),
    func=refusal("assessment_stays_with_its_claim", "it is about one claim"),
)

# What readers were shown as the ground of a verdict is neither taken away nor put under
# another claim; more can be added.
PUBLIC_CITATION_STAYS = pgtrigger.Trigger(
    name="public_citation_stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM claims_review r
        LEFT JOIN claims_assessment a ON a.id = OLD.assessment_id
        LEFT JOIN claims_review cited ON cited.id = OLD.review_id
        WHERE r.claim_id IN (OLD.claim_id, a.claim_id, cited.claim_id)
        AND r.published_at IS NOT NULL
    ) THEN
        {refusal("citation_once_public_stays", "a published claim rests on it")}
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
    """,
)

# Whoever judged it knows the answer.
AUDIT_IS_A_THIRD_PERSONS = pgtrigger.Trigger(
    name="audit_is_a_third_persons",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__read_by__isnull=False),
    func=f"""
    IF EXISTS (
        SELECT FROM claims_reviewevent e
        WHERE e.pgh_obj_id = NEW.review_id
        AND NEW.read_by_id IN (e.written_by_id, e.second_reviewer_id, e.arbiter_id)
    ) THEN
        {refusal("audit_is_a_third_persons", "somebody who did not judge it reads it")}
    END IF;
    RETURN NEW;
    """,
)

AUDIT_STANDS = pgtrigger.Protect(
    name="audit_stands",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__read_at__isnull=False),
)
