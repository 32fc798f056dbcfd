"""How a rule of the database is broken on purpose, and rows to break it with."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from claims.vocabulary import ClaimStatus
from tests.factories import (
    NOON,
)

LATER = NOON + timedelta(days=1)
S = ClaimStatus


@contextmanager
def refused(rule):
    """What happens inside breaks this rule, and nothing of it is kept."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        yield


@contextmanager
def append_only():
    """What happens inside would rewrite a record."""
    refusal = "Cannot update (or delete )?rows"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        yield


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)
