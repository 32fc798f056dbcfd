"""What a claim may become, and which of its words stand."""

from __future__ import annotations

import pgtrigger

from claims.models.triggers.rows import UNDONE, refusal
from claims.vocabulary import MOVES, AssessmentState, ClaimStatus

_PERMITTED = ", ".join(
    f"('{before}', '{after}')"
    for before, afters in MOVES.items()
    for after in sorted(afters)
)

STATUS_FOLLOWS_THE_MOVES = pgtrigger.Trigger(
    name="status_follows_the_moves",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("status"),
    func=f"""
    IF OLD.status = '{ClaimStatus.PUBLISHED}' AND NEW.status IN ({UNDONE}) THEN
        IF NOT EXISTS (
            SELECT FROM claims_review r
            WHERE r.claim_id = NEW.id AND r.valid_to IS NULL
            AND r.published_at > statement_timestamp()
            AND (r.arbiter_id IS NOT NULL) = (NEW.status = '{ClaimStatus.ARBITRATION}')
        ) THEN
            {refusal("claim_undone_in_time", "readers have seen what was published")}
        END IF;
    ELSIF (OLD.status, NEW.status) NOT IN ({_PERMITTED}) THEN
        {refusal("claim_status_follows_the_moves", "no such move")}
    END IF;
    RETURN NEW;
    """,
)

CLAIM_STARTS_NEW = pgtrigger.Trigger(
    name="claim_starts_new",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF NEW.status <> '{ClaimStatus.NEW}' THEN
        {refusal("claim_starts_new", "a claim enters as new")}
    END IF;
    RETURN NEW;
    """,
)

# Words that were seen standing on a page count while the copy that shows them is
# kept: the snapshot of a sighting is never deleted. What is cited for an assessment
# counts while a person stands behind that. Each by an index of its own.
PUBLISHED_RESTS_ON_REVIEW_AND_QUOTE = pgtrigger.Trigger(
    name="published_rests_on_review_and_quote",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__status=ClaimStatus.PUBLISHED)
    & ~pgtrigger.Q(old__status=ClaimStatus.PUBLISHED),
    func=f"""
    IF NOT EXISTS (
        SELECT FROM claims_review r
        WHERE r.claim_id = NEW.id AND r.published_at IS NOT NULL AND r.valid_to IS NULL
    ) THEN
        {refusal("claim_published_has_review", "no published review stands")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM (
            SELECT c.passage_id FROM claims_citation c WHERE c.claim_id = NEW.id
            UNION ALL
            SELECT c.passage_id FROM claims_citation c
            JOIN claims_assessment a ON a.id = c.assessment_id
            WHERE a.claim_id = NEW.id AND a.state = '{AssessmentState.CONFIRMED}'
            UNION ALL
            SELECT c.passage_id FROM claims_citation c
            JOIN claims_review r ON r.id = c.review_id
            WHERE r.claim_id = NEW.id
        ) AS cited
        JOIN sources_passage p ON p.id = cited.passage_id
        WHERE (
            p.state = 'intact'
            OR EXISTS (
                SELECT FROM sources_sighting s
                WHERE s.passage_id = p.id AND s.state = 'intact'
            )
        )
    ) THEN
        {refusal("claim_published_has_intact_quote", "no cited passage was seen intact")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

# A verdict is about these words by this claimant; other words are another claim.
PUBLISHED_WORDS = (
    "statement",
    "original_wording",
    "form",
    "claimant",
    "role_at_time",
    "said_at",
    "said_at_precision",
)

PUBLISHED_WORDS_STAND = pgtrigger.Trigger(
    name="published_words_stand",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange(*PUBLISHED_WORDS),
    func=f"""
    IF EXISTS (
        SELECT FROM claims_review r
        WHERE r.claim_id = NEW.id AND r.published_at IS NOT NULL
    ) THEN
        {refusal("claim_published_words_stand", "published words never change")}
    END IF;
    IF EXISTS (
        SELECT FROM claims_review r
        WHERE r.claim_id = NEW.id AND r.submitted_at IS NOT NULL
    ) THEN
        {refusal("claim_judged_words_stand", "two people judge the same words")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

CLAIM_ONCE_PUBLIC_STAYS = pgtrigger.Trigger(
    name="claim_once_public_stays",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (SELECT FROM claims_move m WHERE m.claim_id = OLD.id) THEN
        {refusal("claim_with_history_is_kept", "a claim that was worked on stays")}
    END IF;
    RETURN OLD;
    """,
)
