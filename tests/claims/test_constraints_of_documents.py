"""Rules of the stored documents, each broken once."""

import pytest

from claims.models import Document
from claims.vocabulary import ClaimStatus
from tests.claims.breaking import refused
from tests.factories import a_claim

pytestmark = pytest.mark.django_db


def test_a_document_is_printed_whole_or_not_at_all():
    a_claim(ClaimStatus.PUBLISHED)

    for half in ({"printed": 1}, {"etag": '"a"'}, {"body": b"{}"}):
        with refused("document_is_printed_whole"):
            Document.objects.update(**half)
