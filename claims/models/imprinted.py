"""Words that are to be made vectors of: the row comes with the words, by any road."""

from __future__ import annotations

import pgtrigger

CLAIM_IS_TO_BE_IMPRINTED = pgtrigger.Trigger(
    name="claim_is_to_be_imprinted",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    func="""
    INSERT INTO claims_imprint (claim_id, edition, model) VALUES (NEW.id, 1, '');
    RETURN NULL;
    """,
)
CLAIM_REWORDED_IS_IMPRINTED_ANEW = pgtrigger.Trigger(
    name="claim_reworded_is_imprinted_anew",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.AnyChange("statement"),
    func="""
    UPDATE claims_imprint
    SET edition = edition + 1, vector = NULL, model = '', dimension = NULL
    WHERE claim_id = NEW.id AND assessment_id IS NULL;
    RETURN NULL;
    """,
)
# Only of a fact-check that somebody published: what others say of a claim is mostly
# about something else.
CHECK_IS_TO_BE_IMPRINTED = pgtrigger.Trigger(
    name="check_is_to_be_imprinted",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    condition=pgtrigger.Q(new__url__gt=""),
    func="""
    INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)
    VALUES (NEW.claim_id, NEW.id, 1, '');
    RETURN NULL;
    """,
)
CHECK_REWORDED_IS_IMPRINTED_ANEW = pgtrigger.Trigger(
    name="check_reworded_is_imprinted_anew",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.AnyChange("statement", "url"),
    func="""
    IF NEW.url = '' THEN
        DELETE FROM claims_imprint WHERE assessment_id = NEW.id;
    ELSE
        INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)
        VALUES (NEW.claim_id, NEW.id, 1, '')
        ON CONFLICT (assessment_id) DO UPDATE
        SET edition = claims_imprint.edition + 1,
            vector = NULL, model = '', dimension = NULL;
    END IF;
    RETURN NULL;
    """,
)
