"""The titles of pages, kept apart so that they can be looked up."""

from __future__ import annotations

import pytest

from sources.models import Source, Title
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_title_is_found_by_a_piece_of_it_in_any_case():
    source = factories.a_source(title="The Dam above Brenn held")
    factories.a_source(title="Another page")

    found = Title.objects.saying("dam ABOVE")

    assert [each.source for each in found] == [source]


def test_a_title_that_changed_in_bulk_is_found_by_its_new_words_only():
    factories.a_source(title="The dam broke")
    Source.objects.update(title="The dam held")

    assert not Title.objects.saying("broke").exists()
    assert Title.objects.saying("held").count() == 1


def test_a_page_without_a_title_has_none_until_it_gets_one():
    source = factories.a_source(title="")
    assert not Title.objects.filter(source=source).exists()

    Source.objects.filter(pk=source.pk).update(title="The dam held")

    assert Title.objects.get(source=source).title == "The dam held"


def test_a_look_that_changes_no_title_leaves_the_row_of_it_alone():
    source = factories.a_source(title="The dam held")
    before = _place_of(source)

    Source.objects.filter(pk=source.pk).update(failures=3, title="The dam held")

    assert _place_of(source) == before


def _place_of(source: Source) -> object:
    return Title.objects.extra(select={"place": "ctid::text"}).get(source=source).place
