"""Whom a mention stands for."""

import pytest

from claims.extraction import Kind, read_article
from tests.claims.extraction.reading import the_only

ARTICLE = """\
Dr. Lena Brandt, the head of epidemiology at the Nordheim Institute, warned that \
cases could double. She said masks would help. "They are cheap," Brandt added.
Norland's health ministry rejected the warning. The ministry said that the wards were \
empty.
Health ministry spokesman Tom Vargas said that beds were free. The spokesman added \
that staff had been hired.
"It is a disgrace," said Osman Keller, who runs the largest clinic. He said that he \
had turned patients away."""


@pytest.fixture(scope="module")
def speakers():
    return {
        candidate.source.text + ": " + candidate.statement: candidate.speaker
        for candidate in read_article(ARTICLE)
    }


def named(speakers, start):
    return next(each.name for key, each in speakers.items() if key.startswith(start))


def test_a_title_is_not_part_of_the_name(speakers):
    assert named(speakers, "Dr. Lena Brandt: ") == "Lena Brandt"


@pytest.mark.parametrize("office", ["Councilman", "Alderman"])
def test_offices_of_a_town_belong_to_people(office):
    speaker = the_only(
        f"{office} Ines Avelar claimed that 187 ferries had waited."
    ).speaker
    assert (speaker.name, speaker.role) == ("Ines Avelar", office)


def test_a_pronoun_means_whoever_spoke_last(speakers):
    assert named(speakers, "She: masks") == "Lena Brandt"
    assert named(speakers, "He: that he had turned") == "Osman Keller"


def test_a_surname_means_the_full_name_before_it(speakers):
    assert named(speakers, "Brandt: ") == "Lena Brandt"


def test_a_bare_noun_means_the_body_named_before(speakers):
    assert named(speakers, "The ministry: ") == "Norland's health ministry"


def test_an_office_means_its_holder(speakers):
    assert named(speakers, "The spokesman: ") == "Tom Vargas"


def test_role_and_affiliation_are_told_wherever_the_name_stands(speakers):
    brandt = next(each for each in speakers.values() if each.name == "Lena Brandt")

    assert brandt.role == "head of epidemiology"
    assert brandt.affiliation == "the Nordheim Institute"
    assert brandt.kind is Kind.PERSON


def test_a_relative_pronoun_means_what_it_refers_to():
    candidate = the_only("The senator, who has said the law is flawed, left early.")

    assert candidate.source.text == "who"
    assert candidate.speaker.name == "The senator"


def test_a_surname_before_the_full_name_is_resolved_too():
    first, second = read_article(
        "Keller says the clinic is full\n\nOsman Keller said that it is full."
    )

    assert first.speaker.name == second.speaker.name == "Osman Keller"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Norwegian army said that the road was mined.", Kind.MILITARY),
        ("The interior ministry said that the road was mined.", Kind.GOVERNMENT),
        ("France said that the road was mined.", Kind.GOVERNMENT),
        ("The newspaper reported that the road was mined.", Kind.MEDIA),
        ("American officials said that the road was mined.", Kind.GROUP),
        ("The mayor said that the road was mined.", Kind.PERSON),
        ("Osman Keller said that the road was mined.", Kind.PERSON),
    ],
)
def test_the_kind_of_speaker_is_guessed(text, kind):
    assert the_only(text).speaker.kind is kind
