"""
What readers' documents show: whatever changes it, by any road, counts up their edition.

A document is printed again when its edition is not the one that was printed.
"""

from __future__ import annotations

import pgtrigger

# Of a claim: all that its document shows, and where it stands in the list.
_SHOWN_OF_A_CLAIM = (
    "statement",
    "original_wording",
    "form",
    "language",
    "topics",
    "claimant",
    "role_at_time",
    "said_at",
    "said_at_precision",
    "canonical",
    "status",
    "moved_at",
    "version",
    "created_at",
    "updated_at",
)

# A review begins unpublished, and a published one is never deleted: what readers see
# comes and goes with an update. A claim that repeats this one names it once it is out.
REVIEW_MAKES_A_DOCUMENT = pgtrigger.Trigger(
    name="review_makes_a_document",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.Q(old__published_at__isnull=False)
    | pgtrigger.Q(new__published_at__isnull=False),
    func="""
    INSERT INTO claims_document AS document (
        claim_id, created_at, public_since, edition, printed, by_press, etag, body
    )
    SELECT c.id, c.created_at, (
        SELECT min(r.published_at) FROM claims_review r WHERE r.claim_id = c.id
    ), 1, 0, '', '', '' FROM claims_claim c WHERE c.id = NEW.claim_id
    ON CONFLICT (claim_id) DO UPDATE
    SET edition = document.edition + 1, public_since = EXCLUDED.public_since;
    UPDATE claims_document SET edition = edition + 1 WHERE claim_id IN (
        SELECT c.id FROM claims_claim c WHERE c.canonical_id = NEW.claim_id
    );
    RETURN NULL;
    """,
)

CLAIM_CHANGES_ITS_DOCUMENT = pgtrigger.Trigger(
    name="claim_changes_its_document",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.AnyChange(*_SHOWN_OF_A_CLAIM),
    func="""
    UPDATE claims_document SET edition = edition + 1, created_at = NEW.created_at
    WHERE claim_id = NEW.id;
    RETURN NULL;
    """,
)

# In one order, so that two that rename somebody do not wait for each other for ever.
CLAIMANT_CHANGES_DOCUMENTS = pgtrigger.Trigger(
    name="claimant_changes_documents",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.AnyChange("kind", "name"),
    func="""
    UPDATE claims_document SET edition = edition + 1 FROM (
        SELECT document.claim_id AS id FROM claims_document document
        JOIN claims_claim c ON c.id = document.claim_id
        WHERE c.claimant_id = NEW.id ORDER BY document.claim_id FOR UPDATE OF document
    ) held WHERE claim_id = held.id;
    RETURN NULL;
    """,
)

ASSESSMENT_CHANGES_A_DOCUMENT = pgtrigger.Trigger(
    name="assessment_changes_a_document",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.After,
    func="""
    UPDATE claims_document SET edition = edition + 1
    WHERE claim_id = coalesce(NEW.claim_id, OLD.claim_id);
    RETURN NULL;
    """,
)
