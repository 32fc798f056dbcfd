"""Each rule of the database about files that are taken in, broken on purpose."""

import pytest

from claims.models import Import, ImportPart, ImportRow
from tests.claims.breaking import change, refused
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return Import.objects.create(
        name="checks.csv", format="csv", digest="0" * 64, bytes=1, added_at=NOON
    )


def test_an_import_is_in_a_known_state_and_format(file):
    with refused("import_state_is_known"):
        change(file, state="lost")
    with refused("import_format_is_known"):
        change(file, format="dbf")


def test_the_rows_of_an_import_are_counted_once_each(file):
    change(file, place=3, new=2, refused=1)
    with refused("import_rows_are_counted"):
        change(file, place=4)
    with refused("import_rows_are_counted"):
        change(file, known=1)


def test_an_import_ends_when_it_is_over(file):
    with refused("import_ends_when_it_is_over"):
        change(file, finished_at=NOON)
    change(file, state="stopped", finished_at=NOON)


def test_a_part_has_its_place(file):
    ImportPart.objects.create(file=file, number=0, body=b"a")
    with refused("import_part_has_its_place"):
        ImportPart.objects.create(file=file, number=0, body=b"b")


def test_a_row_is_done_once_and_comes_to_something(file):
    ImportRow.objects.create(file=file, number=1, outcome="new")
    with refused("import_row_is_done_once"):
        ImportRow.objects.create(file=file, number=1, outcome="known")
    with refused("import_row_outcome_is_known"):
        ImportRow.objects.create(file=file, number=2, outcome="lost")
