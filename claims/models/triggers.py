"""The rules that take more than one row, in the database's own language."""

from __future__ import annotations

import pgtrigger

from claims.vocabulary import MOVES, ClaimStatus


def append_only() -> pgtrigger.Trigger:
    """Refuse every change and every deletion of a row."""
    return pgtrigger.Protect(
        name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
    )


def version_counts(*fields: str) -> pgtrigger.Trigger:
    """Count the row's version up whenever one of these fields changes, by any road."""
    return pgtrigger.Trigger(
        name="version_counts_edits",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.AnyChange(*fields),
        func="NEW.version = OLD.version + 1; RETURN NEW;",
    )


def _raise(rule: str, message: str) -> str:
    # Only words of this file and of the vocabulary come in here, never input.
    # check_violation, so that Django raises IntegrityError as for a constraint.
    return (
        f"RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{rule}', MESSAGE = '{rule}: {message}';"
    )


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
    IF (OLD.status, NEW.status) NOT IN ({_PERMITTED}) THEN
        {_raise("claim_status_follows_the_moves", "no such move")}
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
        {_raise("claim_starts_new", "a claim enters as new")}
    END IF;
    RETURN NEW;
    """,
)

# Words that were seen standing on a page count while the copy that shows them is
# kept: the snapshot of a sighting is never deleted.
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
        {_raise("claim_published_has_review", "no published review stands")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM claims_citation c
        JOIN sources_passage p ON p.id = c.passage_id
        LEFT JOIN claims_assessment a ON a.id = c.assessment_id
        LEFT JOIN claims_review r ON r.id = c.review_id
        WHERE NEW.id IN (c.claim_id, a.claim_id, r.claim_id)
        AND (
            p.state = 'intact'
            OR EXISTS (
                SELECT FROM sources_sighting s
                WHERE s.passage_id = p.id AND s.state = 'intact'
            )
        )
    ) THEN
        {_raise("claim_published_has_intact_quote", "no cited passage was seen intact")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

PUBLISHED_REVIEW_STANDS = pgtrigger.Trigger(
    name="published_review_stands",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__published_at__isnull=False),
    func=f"""
    IF OLD.valid_to IS NOT NULL
       OR (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to')
    THEN
        {_raise("review_published_is_immutable", "a published review never changes")}
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
        {_raise("review_recorded_verdict_stands", "a recorded verdict is not changed")}
    END IF;
    RETURN NEW;
    """,
)

PUBLISHED_REVIEW_STAYS = pgtrigger.Trigger(
    name="published_review_stays",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__published_at__isnull=False),
    func=_raise("review_published_is_kept", "a published review is never deleted"),
)

CLAIM_ONCE_PUBLIC_STAYS = pgtrigger.Trigger(
    name="claim_once_public_stays",
    operation=pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (SELECT FROM claims_move m WHERE m.claim_id = OLD.id) THEN
        {_raise("claim_with_history_is_kept", "a claim that was worked on stays")}
    END IF;
    RETURN OLD;
    """,
)
