"""Marks in a text: where they begin, end, nest and overlap."""

from hypothesis import given
from hypothesis import strategies as st

from claims.desk.marks import Span, paragraphs


def told(text, *spans):
    return [
        [(s.text, s.numbers) for s in line]
        for line in paragraphs(
            text, [Span(number=n, start=a, end=b) for n, a, b in spans]
        )
    ]


def test_a_mark_stands_at_its_exact_place():
    assert told("He said it held.", (1, 8, 15)) == [
        [("He said ", ()), ("it held", (1,)), (".", ())]
    ]


def test_a_mark_inside_another_comes_last():
    assert told("abcdef", (1, 0, 6), (2, 2, 4)) == [
        [("ab", (1,)), ("cd", (1, 2)), ("ef", (1,))]
    ]


def test_overlapping_marks_share_their_overlap():
    assert told("abcdef", (1, 0, 4), (2, 2, 6)) == [
        [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]
    ]


def test_a_mark_may_cross_a_line():
    assert told("ab\n\ncd", (1, 1, 5)) == [
        [("a", ()), ("b", (1,))],
        [("c", (1,)), ("d", ())],
    ]


def test_offsets_count_code_points():
    assert told("😀 é ok", (1, 4, 6)) == [[("😀 é ", ()), ("ok", (1,))]]


def test_a_mark_outside_the_text_is_left_out():
    assert told("abc", (1, 2, 9), (2, 2, 2)) == [[("abc", ())]]


def test_each_number_begins_once():
    lines = paragraphs(
        "abcdef",
        [Span(number=1, start=0, end=2), Span(number=1, start=4, end=6)],
    )

    assert [s.first_of for s in lines[0]] == [1, None, None]


@given(
    st.text(alphabet="ab \n😀", max_size=40),
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 40), st.integers(0, 40)), max_size=6
    ),
)
def test_nothing_of_the_text_is_lost(text, spans):
    lines = paragraphs(text, [Span(number=n, start=a, end=b) for n, a, b in spans])

    assert ["".join(s.text for s in line) for line in lines] == [
        line for line in text.split("\n") if line.strip()
    ]
