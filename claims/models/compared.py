"""Claims that are to be compared with what others say: the row comes by any road."""

from __future__ import annotations

import pgtrigger

CLAIM_IS_TO_BE_COMPARED = pgtrigger.Trigger(
    name="claim_is_to_be_compared",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    func="""
    INSERT INTO claims_comparison (claim_id) VALUES (NEW.id);
    RETURN NULL;
    """,
)
CLAIM_REWORDED_IS_COMPARED_ANEW = pgtrigger.Trigger(
    name="claim_reworded_is_compared_anew",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.AnyChange("statement", "claimant"),
    func="""
    INSERT INTO claims_comparison (claim_id) VALUES (NEW.id)
    ON CONFLICT (claim_id) DO UPDATE SET attempts = 0;
    RETURN NULL;
    """,
)
