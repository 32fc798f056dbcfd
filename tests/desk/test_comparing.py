"""Two texts of one page, paragraphs first, then words."""

import random
import time

import pytest
from django.template.loader import render_to_string
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


def rewritten_throughout():
    """Yield, by name, pages of 199 long paragraphs each, of which nearly all was rewritten."""
    chance = random.Random(7)
    words = [f"w{number}" for number in range(5_000)]
    before = [chance.choices(words, k=199) for _ in range(199)]
    third = [[w if chance.random() > 0.3 else f"x{w}" for w in b] for b in before]
    other = [chance.choices(words, k=199) for _ in range(199)]
    quoted = [[f"'{word}'" for word in paragraph] for paragraph in before]
    for name, after in {"third": third, "all": other, "quotes": quoted}.items():
        texts = ("\n".join(map(" ".join, text)) for text in (before, after))
        yield pytest.param(*texts, id=name)
    yield pytest.param("«ё» " * 40_000, "«ж» " * 40_000, id="wide letters")


@pytest.mark.parametrize(("before", "after"), list(rewritten_throughout()))
def test_a_page_rewritten_throughout_is_shown_on_a_page_of_usual_size(before, after):
    began = time.process_time()

    found = compare(before, after)
    pages = [
        render_to_string(
            "claims/desk/_difference.html", {"rows": found.rows, "view": view}
        )
        for view in ("inline", "side")
    ]

    assert time.process_time() - began < 1.5
    assert max(len(page.encode()) for page in pages) <= 150_000
    assert sum(row.marks for row in found.rows if row.kind is Kind.CHANGED) <= 1_000
    assert found.words_cut or found.rows_cut


def test_a_long_paragraph_is_known_by_either_of_its_ends():
    story = " ".join(f"Sentence {n} tells of the mill by the river," for n in range(20))
    note = " ".join(f"remark {n} was put in much later by others," for n in range(12))

    for after in (f"{story} {note}", f"{note} {story}"):
        found = compare(f"Before.\n{story}", f"After.\n{after}")
        assert Kind.CHANGED in {row.kind for row in found.rows}


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
