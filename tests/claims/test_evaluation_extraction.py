"""The measures of reading, on articles small enough to work out by hand."""

import pytest

from claims.evaluation.annotations import Attribution
from claims.evaluation.extraction import ExtractionMeasures, paired, same_name

TEXT = "Ann said “it rained all day.” Bob denied it."


def marked(content, *, source=(), quoted=False, claimant=""):
    return Attribution(
        content=tuple(content), source=tuple(source), quoted=quoted, claimant=claimant
    )


QUOTE = marked([(9, 29)], source=[(0, 3)], quoted=True, claimant="Ann Lee")
DENIAL = marked([(41, 43)], source=[(30, 33)])


def measured(found, gold):
    measures = ExtractionMeasures()
    measures.add(TEXT, found=found, marked=gold)
    return measures.fractions()


def test_what_was_marked_itself_measures_one():
    fractions = measured([QUOTE, DENIAL], [QUOTE, DENIAL])

    assert set(fractions.values()) == {1.0}


def test_finding_nothing_measures_nought():
    fractions = measured([], [QUOTE])

    assert fractions["span_f1"] == fractions["char_f1"] == 0.0
    assert fractions["end_to_end_f1"] == fractions["quoted_f1"] == 0.0


def test_what_there_was_nothing_to_measure_by_is_left_open():
    fractions = measured([], [])

    assert fractions["source_accuracy"] is None
    assert fractions["claimant_accuracy"] is None
    assert fractions["span_f1"] == 0.0


def test_marks_at_the_edges_make_no_difference():
    without_marks = marked([(10, 27)], source=[(0, 3)], quoted=True, claimant="Ann Lee")

    assert measured([without_marks], [QUOTE])["span_f1_90"] == 1.0


def test_half_the_letters_make_a_pair_and_less_do_not():
    # "it rained all day" has 14 letters, "it rained" 8 and "all day" 6.
    more = marked([(10, 19)], source=[(0, 3)], quoted=True)
    less = marked([(20, 27)], source=[(0, 3)], quoted=True)

    assert measured([more], [QUOTE])["span_f1"] == 1.0
    assert measured([more], [QUOTE])["span_f1_90"] == 0.0
    assert measured([less], [QUOTE])["span_f1"] == 0.0
    assert measured([less], [QUOTE])["char_f1"] == pytest.approx(2 * 6 / (6 + 14))


def test_each_statement_is_paired_once_the_best_overlap_first():
    worse = marked([(10, 19)], source=[(0, 3)])

    (pair,) = paired(TEXT, found=[worse, QUOTE], marked=[QUOTE])

    assert pair.found is QUOTE
    assert measured([worse, QUOTE], [QUOTE])["span_f1"] == pytest.approx(2 / 3)


def test_a_wrong_source_costs_the_end_to_end_measures_only():
    wrong = marked([(9, 29)], source=[(30, 33)], quoted=True)

    fractions = measured([wrong], [QUOTE])

    assert fractions["span_f1"] == fractions["quoted_f1"] == 1.0
    assert fractions["source_accuracy"] == 0.0
    assert fractions["end_to_end_f1"] == fractions["quoted_end_to_end_f1"] == 0.0


def test_quoted_and_indirect_statements_are_measured_apart():
    fractions = measured([QUOTE], [QUOTE, DENIAL])

    assert fractions["quoted_f1"] == 1.0
    assert fractions["indirect_f1"] == 0.0


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("the Ministry", "The ministry", True),
        ("President Ann Lee", "Ann Lee", True),
        ("Mr. Lee", "Lee", True),
        ("Ann Lee", "Bob Lee", False),
        ("President", "Ann", False),
    ],
)
def test_names_are_compared_without_case_article_and_titles(found, gold, same):
    assert same_name(found, gold) is same
