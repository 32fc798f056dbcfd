"""Two texts of one page, paragraphs first, then words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.desk import comparing
from claims.desk.comparing import Kind, compare
from sources import quote


def lines(number, *, changed=()):
    return "\n".join(
        f"Paragraph {n} tells of {'something else' if n in changed else 'the valley'}."
        for n in range(number)
    )


def test_an_edit_deep_in_a_page_is_shown_with_what_stands_around_it():
    found = compare(lines(40), lines(40, changed={20}))

    assert [row.kind for row in found.rows] == [
        Kind.GAP,
        Kind.SAME,
        Kind.CHANGED,
        Kind.SAME,
        Kind.GAP,
    ]
    assert found.rows[0].skipped == 19


def test_a_paragraph_that_was_rewritten_is_told_from_one_that_is_new():
    before = "The mill burned on Monday night.\nNobody was hurt."
    after = (
        "A note stands here now.\nThe mill burned on Sunday night.\nNobody was hurt."
    )

    found = compare(before, after)

    assert [row.kind for row in found.rows] == [Kind.ADDED, Kind.CHANGED, Kind.SAME]


def test_the_same_paragraphs_are_the_same_text():
    assert compare("One.\n\nTwo.", "One.\nTwo.\n").same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lines(20_000), lines(20_000, changed=range(20_000))),
        ("x y " * 250_000, "y x " * 250_000),
        ("a" * 1_000_000, "b" * 1_000_000),
        ("One sentence here. " * 50_000, "Another sentence there. " * 50_000),
        ("", lines(20_000)),
    ],
)
def test_a_million_characters_are_compared_in_a_moment(before, after):
    began = time.process_time()

    found = compare(before, after)

    assert time.process_time() - began < 5
    assert len(found.rows) <= comparing.MOST_ROWS
    assert found.rows_cut or found.blocks_cut or len(found.rows) < 10


@given(st.text("ab c.\n", max_size=60), st.text("ab c.\n", max_size=60))
def test_nothing_of_either_text_is_lost(before, after):
    found = compare(before, after)
    if found.same:
        return

    def kept(text):
        return [piece for piece in comparing._blocks(text) if piece]

    def without_gaps(side):
        return "".join(
            change.text
            for row in found.rows
            for change in row.changes
            if change.kind in {quote.Kind.SAME, side}
        )

    if all(row.kind is not Kind.GAP for row in found.rows):
        for text, side in ((before, "removed"), (after, "added")):
            letters = [c for c in "".join(kept(text)) if not c.isspace()]
            shown = [c for c in without_gaps(quote.Kind(side)) if not c.isspace()]
            assert sorted(letters) == sorted(shown)
