"""Sources of the desk that were looked at."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from sources.models import Check
from tests.factories import (
    NOON,
)


def at(source, name="source"):
    return reverse(f"desk:{name}", args=[source.pk])


def checked(source, outcomes, *, began=NOON, every=timedelta(hours=6), **fields):
    """Write down one check for each outcome, the oldest first."""
    return Check.objects.bulk_create(
        Check(
            source=source,
            lease_token=uuid4(),
            started_at=began + number * every,
            outcome=outcome,
            **{"duration_ms": 120, **fields},
        )
        for number, outcome in enumerate(outcomes)
    )
