"""Who is named with an office, and who wrote the paper that says it."""

import pytest

from claims.extraction import Kind, read_article
from tests.claims.extraction.reading import the_only


@pytest.mark.parametrize("title", ["Councillor", "Magistrate", "Inspector", "Rabbi"])
def test_a_title_before_a_name_makes_a_person(title):
    speaker = the_only(f"{title} Maren Holt said the bridge was safe.").speaker

    assert (speaker.name, speaker.kind, speaker.role) == (
        "Maren Holt",
        Kind.PERSON,
        title,
    )


@pytest.mark.parametrize(
    ("written", "name", "role", "affiliation"),
    [
        ("The mayor of Aldmoor, Oda Prell,", "Oda Prell", "mayor", "Aldmoor"),
        (
            "The director of the Lenne Institute, Tom Vell,",
            "Tom Vell",
            "director",
            "the Lenne Institute",
        ),
    ],
)
def test_an_office_that_introduces_a_name_is_the_role(written, name, role, affiliation):
    found = the_only(f"{written} told reporters that the ferry would stop.")

    speaker = found.speaker
    assert (speaker.name, speaker.role, speaker.affiliation) == (
        name,
        role,
        affiliation,
    )
    assert found.source.text[-1] != ","


@pytest.mark.parametrize("paper", ["study", "report", "survey"])
def test_a_paper_is_said_by_whoever_wrote_it(paper):
    found = the_only(
        f"A {paper} by the Institute for Rivers said that the water was clean."
    )

    assert found.speaker.name == "the Institute for Rivers"
    assert found.speaker.role == ""
    assert found.source.text == f"A {paper} by the Institute for Rivers"


@pytest.mark.parametrize(
    "text",
    [
        "The institute publishes a report on the harbour.",
        "The ministry published a study on Monday.",
        "The minister mentioned forty.",
    ],
)
def test_what_is_only_brought_out_or_counted_is_no_statement(text):
    assert read_article(text) == []
