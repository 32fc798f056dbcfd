"""The rules that take more than one row, in the database's own language."""

from __future__ import annotations

import pgtrigger

from claims.vocabulary import MOVES, UNDONE_TO, AssessmentState, ClaimStatus


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

_UNDONE_TO = ", ".join(f"'{status}'" for status in sorted(UNDONE_TO))

STATUS_FOLLOWS_THE_MOVES = pgtrigger.Trigger(
    name="status_follows_the_moves",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("status"),
    func=f"""
    IF OLD.status = '{ClaimStatus.PUBLISHED}' AND NEW.status IN ({_UNDONE_TO}) THEN
        IF NOT EXISTS (
            SELECT FROM claims_review r
            WHERE r.claim_id = NEW.id AND r.valid_to IS NULL
            AND r.published_at > statement_timestamp()
            AND (r.arbiter_id IS NOT NULL) = (NEW.status = '{ClaimStatus.ARBITRATION}')
        ) THEN
            {_raise("claim_undone_in_time", "readers have seen what was published")}
        END IF;
    ELSIF (OLD.status, NEW.status) NOT IN ({_PERMITTED}) THEN
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
        {_raise("claim_published_has_review", "no published review stands")}
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
        {_raise("claim_published_has_intact_quote", "no cited passage was seen intact")}
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
        {_raise("claim_published_words_stand", "published words never change")}
    END IF;
    IF EXISTS (
        SELECT FROM claims_review r
        WHERE r.claim_id = NEW.id AND r.submitted_at IS NOT NULL
    ) THEN
        {_raise("claim_judged_words_stand", "two people judge the same words")}
    END IF;
    RETURN NEW;
    """,  # noqa: S608
)

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
           WHERE c.id = OLD.claim_id AND c.status IN ({_UNDONE_TO})
       )
    THEN
        RETURN NEW;
    END IF;
    IF OLD.valid_to IS NOT NULL
       OR (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to')
    THEN
        {_raise("review_published_is_immutable", "a published review never changes")}
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
        {_raise("review_starts_open", "a review begins unsubmitted and unpublished")}
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
        {_raise("review_stays_with_its_claim", "a review is of one claim")}
    END IF;
    IF NEW.second_reviewer_id IS NOT NULL AND OLD.submitted_at IS NULL THEN
        {_raise("review_is_submitted_before_seconded", "nothing was submitted yet")}
    END IF;
    IF NEW.second_reviewer_id IS NOT NULL AND EXISTS (
        SELECT FROM claims_reviewevent e
        WHERE e.pgh_obj_id = NEW.id AND e.written_by_id = NEW.second_reviewer_id
    ) THEN
        {_raise("review_second_never_wrote_it", "whoever wrote it cannot second it")}
    END IF;
    IF NEW.arbiter_id IS NOT NULL AND OLD.second_reviewer_id IS NULL THEN
        {_raise("review_is_seconded_before_arbitrated", "no second verdict is in yet")}
    END IF;
    IF NEW.published_at IS NOT NULL AND (
        OLD.second_reviewer_id IS NULL
        OR NEW.submitted_at IS NULL
        OR NOT EXISTS (
            SELECT FROM claims_claim c WHERE c.id = NEW.claim_id
            AND c.status IN ('second_review', 'arbitration')
        )
    ) THEN
        {_raise("review_is_seconded_before_published", "it is not the time to publish")}
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
        {_raise("review_submitted_stands", "what was handed in is not changed")}
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
        {_raise("review_ends_when_replaced", "a published claim needs its review")}
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
        {_raise("correction_once_public_stays", "readers have seen this note")}
    END IF;
    RETURN OLD;
    """,
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

ASSESSMENT_STAYS_WITH_ITS_CLAIM = pgtrigger.Trigger(
    name="assessment_stays_with_its_claim",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("claim"),
    func=_raise("assessment_stays_with_its_claim", "it is about one claim"),
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
        {_raise("citation_once_public_stays", "a published claim rests on it")}
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
        {_raise("audit_is_a_third_persons", "somebody who did not judge it reads it")}
    END IF;
    RETURN NEW;
    """,
)

AUDIT_STANDS = pgtrigger.Protect(
    name="audit_stands",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__read_at__isnull=False),
)
