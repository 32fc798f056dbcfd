"""The heading of a claim begins like a sentence; what is stored is never altered."""

import pytest
from django.urls import reverse

from claims.models import Claim
from claims.templatetags.headings import heading
from tests.factories import a_claim


@pytest.mark.parametrize(
    ("form", "language", "stored", "shown"),
    [
        ("indirect", "en", "the dam held.", "The dam held."),
        ("mixed", "en", "“the dam” held.", "“the dam” held."),
        ("direct", "en", "the dam held.", "the dam held."),
        ("indirect", "en", "iPhones are made here.", "iPhones are made here."),
        ("indirect", "tr", "istasyon açık.", "İstasyon açık."),
        ("indirect", "ar", "صمد السد.", "صمد السد."),
        (
            "indirect",
            "de",
            "über den Damm floss nichts.",
            "Über den Damm floss nichts.",
        ),
    ],
)
def test_a_heading_begins_like_a_sentence_unless_it_is_quoted(
    form, language, stored, shown
):
    assert heading(Claim(statement=stored, form=form, language=language)) == shown


@pytest.mark.parametrize("name", ["claim", "history", "record"])
def test_what_was_recorded_in_mid_sentence_heads_its_pages(as_, ana, name):
    claim = a_claim(statement="the dam held through the night.", form="indirect")

    page = as_(ana).get(reverse(f"desk:{name}", args=[claim.pk])).content.decode()

    assert ">The dam held through the night.</h1>" in page
    claim.refresh_from_db()
    assert claim.statement == "the dam held through the night."
