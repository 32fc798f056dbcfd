"""The picture of a disagreement, and the same as a table."""

import pytest

from claims import editing, search
from claims.public.picture import drawn
from claims.vocabulary import ClaimStatus, Stance
from tests.factories import NOON, a_claim, a_claimant, a_person
from tests.public.reading import HOSTILE, read, scripts_that_run

pytestmark = pytest.mark.django_db


def says(assessor, claim, stance, **fields):
    return editing.add_assessment(
        claim,
        assessor=assessor,
        stance=stance,
        statement="So they say.",
        by=a_person(),
        at=NOON,
        **fields,
    )


@pytest.fixture
def ada():
    """Contradicted twice by Bo, supported by Cy; contradicts Di, answers herself."""
    ada, bo, cy = a_claimant("Ada"), a_claimant("Bo"), a_claimant("Cy")
    for _ in range(2):
        claim = a_claim(ClaimStatus.PUBLISHED, claimant=ada)
        says(bo, claim, Stance.CONTRADICTS)
    says(cy, claim, Stance.SUPPORTS)
    says(ada, claim, Stance.QUALIFIES)
    other = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant("Di"))
    says(ada, other, Stance.EXPLAINS_AWAY, based_on=claim)
    says(ada, a_claim(ClaimStatus.IN_REVIEW), Stance.CONTRADICTS)
    return ada


def table(page):
    return [
        [" ".join(cell.text().split()) for cell in row.css("td")]
        for row in page.css("tbody tr")
    ]


def test_a_claimants_picture_shows_both_directions_and_counts(client, ada):
    page = read(client.get(ada.get_absolute_url()))

    assert table(page) == [
        ["Bo", "contradicts", "Ada", "2"],
        ["Cy", "supports", "Ada", "1"],
        ["Ada", "explains away", "Di", "1"],
    ]
    assert [each.text() for each in page.css("svg .name")] == ["Bo", "Cy", "Di"]
    assert [each.text() for each in page.css("svg .label")] == [
        "contradicts, 2 times",
        "supports",
        "explains away",
    ]
    assert len(page.css("svg .against")) == 2


def test_a_claims_picture_shows_its_voices_and_what_rests_on_it(client, ada):
    claim = ada.claims.get(bears_on__isnull=False)

    page = read(client.get(claim.get_absolute_url()))

    assert ["Ada", "explains away", "Di", "1"] not in table(page)[:3]
    assert table(page)[-1][2] == "Di"
    assert len(page.css("svg .arrow")) == 4


def test_one_arrow_is_no_picture():
    claim = a_claim(ClaimStatus.PUBLISHED)
    says(a_claimant("Bo"), claim, Stance.CONTRADICTS)

    assert drawn(search.around_claim(claim), name="Ada", url="/") is None


def test_everything_stands_inside_the_frame(ada):
    for number in range(20):
        says(
            a_claimant(f"Critic {number} of a very long name indeed, and longer"),
            ada.claims.first(),
            Stance.CONTRADICTS,
        )

    picture = drawn(search.around_claimant(ada), name="A" * 200, url="/")

    assert len(picture.arrows) == 13
    for arrow in picture.arrows:
        assert 0 < arrow.label_y < arrow.y < picture.height
        assert 0 <= arrow.start < arrow.end <= picture.width
        assert len(arrow.name) <= 28
    assert all(0 < line.y < picture.height for line in picture.middle_lines)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_stay_names(client, words):
    claim = a_claim(ClaimStatus.PUBLISHED, claimant=a_claimant(words))
    for number in range(2):
        says(a_claimant(f"{number}{words}"), claim, Stance.CONTRADICTS)

    response = client.get(claim.get_absolute_url())

    assert scripts_that_run(response) == []
    assert read(response).css("img, [onerror], [onmouseover]") == []
    assert len(read(response).css("svg .arrow")) == 2
