"""The sentences around a quotation on its page."""

import pytest

from claims.search.surroundings import AROUND_CHARACTERS, following, leading

LONG = "The gauge at the bridge stood at nine feet by noon. " * 12


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("", ""),
        ("He said ", "He said "),
        ("It rained. He said \u201c", "It rained. He said \u201c"),
        ("Home\nPolitics\nSubscribe\nHe said ", "He said "),
        (
            "The water rose through the whole of the night.\n",
            "The water rose through the whole of the night. ",
        ),
        (
            LONG[-AROUND_CHARACTERS:],
            "The gauge at the bridge stood at nine feet by noon. " * 6,
        ),
        ("x" * (AROUND_CHARACTERS - 4) + " he ", "… he "),
    ],
)
def test_what_leads_up_to_the_words_is_whole_sentences(before, shown):
    assert leading(before) == shown


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        ("", ""),
        (", he said.", ", he said."),
        ("\u201d he said.\nRead more\nContact", "\u201d he said."),
        (
            "\nThe water rose through the whole of the night.\nImprint",
            " The water rose through the whole of the night.",
        ),
        (
            (" " + LONG)[:AROUND_CHARACTERS],
            " " + ("The gauge at the bridge stood at nine feet by noon. " * 6).strip(),
        ),
        (" he " + "x" * AROUND_CHARACTERS, " he …"),
    ],
)
def test_what_follows_the_words_is_whole_sentences(after, shown):
    assert following(after) == shown


@pytest.mark.parametrize(
    "text",
    [
        "x" * AROUND_CHARACTERS,
        " " * AROUND_CHARACTERS,
        "\n" * AROUND_CHARACTERS,
        "." * AROUND_CHARACTERS,
    ],
)
def test_no_page_breaks_it(text):
    assert len(leading(text)) <= AROUND_CHARACTERS + 2
    assert len(following(text)) <= AROUND_CHARACTERS + 2
