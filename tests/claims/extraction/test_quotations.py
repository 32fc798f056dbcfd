"""What stands in quotation marks, whatever the marks."""

from itertools import pairwise

import pytest

from claims.extraction.quotations import quotations


def found(text):
    return [text[each.start : each.end] for each in quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“The well is dry,” she said.", ["“The well is dry,”"]),
        ('"The well is dry," she said.', ['"The well is dry,"']),
        ("''The well is dry,'' she said.", ["''The well is dry,''"]),
        ("«The well is dry», she said.", ["«The well is dry»"]),
        ("‘The well is dry,’ she said.", ["‘The well is dry,’"]),
        ("'The well is dry,' she said.", ["'The well is dry,'"]),
        ("It was “dry” and “dusty”.", ["“dry”", "“dusty”"]),
    ],
)
def test_every_kind_of_mark_is_known(text, quoted):
    assert found(text) == quoted


def test_an_apostrophe_is_no_quotation_mark():
    assert found("The workers' car didn't start, the '90s model's fault.") == []


def test_a_plural_possessive_does_not_end_a_single_quotation():
    text = "He spoke of ‘the workers’ paradise.’"

    assert found(text) == ["‘the workers’ paradise.’"]


def test_a_quotation_within_a_quotation_is_part_of_it():
    text = "“She told me ‘never again’ and “meant” it,” he said."

    assert found(text) == ["“She told me ‘never again’ and “meant” it,”"]


def test_a_quotation_that_is_never_closed_runs_to_the_end_of_its_paragraph():
    (quotation,) = quotations("“We left at dawn.")

    assert not quotation.closed
    assert (quotation.start, quotation.end) == (0, 17)


def test_a_stray_closing_mark_opens_nothing():
    assert found("It was dry,” she said.") == []


def test_inches_do_not_swallow_the_quotation_behind_them():
    assert found('A 5" pipe burst. "It was old," she said.') == ['"It was old,"']


def test_quotations_never_overlap_and_come_in_order():
    text = "“a ”b “ c' ‘d’ \"e\" '' f ” « g » “"

    places = [(each.start, each.end) for each in quotations(text)]

    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
