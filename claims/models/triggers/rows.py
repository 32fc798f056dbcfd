"""What any kind of row may ask for, and how a rule refuses."""

from __future__ import annotations

import pgtrigger

from claims.vocabulary import UNDONE_TO

UNDONE = ", ".join(f"'{status}'" for status in sorted(UNDONE_TO))


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


def refusal(rule: str, message: str) -> str:
    """Return the statement that refuses a row as a constraint of this name would."""
    # Only words of these files and of the vocabulary come in here, never input.
    # check_violation, so that Django raises IntegrityError as for a constraint.
    return (
        f"RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{rule}', MESSAGE = '{rule}: {message}';"
    )
