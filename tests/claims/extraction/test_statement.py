"""A proposed statement as a claim states it."""

import pytest

from claims.extraction import as_statement


@pytest.mark.parametrize(
    ("pieces", "stated"),
    [
        (['"The dam held,"'], "The dam held"),
        (["“The dam held.”"], "The dam held."),
        (['"The dam held,"', '"and will hold."'], "The dam held, and will hold."),
        (["that the wall had cracked"], "the wall had cracked"),
        (["That is so"], "That is so"),
        (["to have mended it"], "to have mended it"),
        (['the wall was "as good as new"'], 'the wall was "as good as new"'),
        (['"safe" and "sound"'], '"safe" and "sound"'),
        (['"that one, not this"'], "that one, not this"),
        (["“"], "“"),
        (["that"], "that"),
        (["'Tis no matter, it doesn't leak"], "'Tis no matter, it doesn't leak"),
    ],
)
def test_only_the_marks_around_a_statement_go(pieces, stated):
    assert as_statement(pieces) == stated
