"""Quotations that stand by themselves beside words of speech."""

from claims.extraction import Form, read_article
from tests.claims.extraction.reading import assert_exact, said, the_only


def test_a_quotation_before_its_speaker_is_found_with_exact_places():
    text = "“The bridge is safe,” said the engineer."

    candidate = the_only(text)

    assert (candidate.start, candidate.end) == (0, 21)
    assert candidate.text == "“The bridge is safe,”"
    assert candidate.form is Form.DIRECT
    assert (candidate.cue.start, candidate.cue.text) == (22, "said")
    assert (candidate.source.start, candidate.source.text) == (27, "the engineer")


def test_a_quotation_behind_its_speaker_is_found():
    assert said('The mayor told reporters: "Nobody will be left behind."') == [
        ("The mayor", '"Nobody will be left behind."')
    ]


def test_a_quotation_split_by_its_speaker_is_one_statement_in_two_pieces():
    text = "“If we lose the forest,” Okoro said, “we lose the river.”"

    candidate = the_only(text)

    assert [piece.text for piece in candidate.pieces] == [
        "“If we lose the forest,”",
        "“we lose the river.”",
    ]
    assert candidate.statement == "“If we lose the forest,” … “we lose the river.”"
    assert candidate.text == text


def test_a_second_sentence_after_the_speaker_belongs_to_the_same_statement():
    text = '"We will rebuild," the mayor said on Monday. "It will take years."'

    assert said(text) == [("the mayor", '"We will rebuild," … "It will take years."')]


def test_a_new_sentence_after_a_comma_is_a_statement_of_its_own():
    text = '"The tide came early," the pilot told the inquiry, "There was no warning."'

    assert said(text) == [
        ("the pilot", '"The tide came early,"'),
        ("the pilot", '"There was no warning."'),
    ]


def test_adding_introduces_another_statement_by_the_same_speaker():
    text = '"I saw it," Petra Holm says, adding, "It was huge."'

    assert said(text) == [
        ("Petra Holm", '"I saw it,"'),
        ("Petra Holm", '"It was huge."'),
    ]


def test_a_half_quoted_sentence_starts_at_its_first_word():
    text = "The treaty is “dead in the water” and “must be buried,” the envoy said."

    candidate = the_only(text)

    assert candidate.form is Form.MIXED
    assert candidate.text == "The treaty is “dead in the water” and “must be buried,”"


def test_a_speaker_announced_before_a_paragraph_of_quotation_is_found():
    text = "Carver wrote to his staff:\n\n“We close on Friday. Thank you all.”"

    assert said(text) == [("Carver", "“We close on Friday. Thank you all.”")]


def test_an_unclosed_quotation_goes_on_in_the_next_paragraph():
    text = (
        "“We waited for days,” Mirza said. “Nobody came.\n\n"
        "“In the end we walked to the coast.”"
    )

    (candidate,) = read_article(text)

    assert [piece.text for piece in candidate.pieces] == [
        "“We waited for days,”",
        "“Nobody came.",
        "“In the end we walked to the coast.”",
    ]
    assert_exact(text, [candidate])


def test_a_quotation_can_be_signed_with_a_dash():
    assert said("“The best harbour in the north.” — Petra Holm") == [
        ("Petra Holm", "“The best harbour in the north.”")
    ]


def test_a_printed_dialogue_is_read_by_its_names():
    text = "HOLM: Will the ferry run?\n\nCARVER: Not before spring."

    assert said(text) == [
        ("HOLM", "Will the ferry run?"),
        ("CARVER", "Not before spring."),
    ]


def test_doubled_apostrophes_are_quotation_marks():
    text = "''The roof leaks,'' the caretaker said."

    candidate = the_only(text)

    assert candidate.text == "''The roof leaks,''"
    assert candidate.form is Form.DIRECT


def test_what_is_told_inside_a_quotation_is_not_a_statement_of_its_own():
    text = "“My father said that the sea gives and takes,” Okoro said."

    assert [source for source, _ in said(text)] == ["Okoro"]


def test_words_in_quotation_marks_without_a_speaker_yield_nothing():
    assert said("The so-called “miracle diet” is back in the shops.") == []
