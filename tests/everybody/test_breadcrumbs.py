"""The way to a page, on a screen too small for it to stand in one line."""

import pytest
from django.urls import reverse

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "A claim with so many words that the way to its pages takes more than a line."
# How many lines the crumbs take, and whether a mark between two of them begins one.
LINES = """() => {
  const items = [...document.querySelectorAll(".breadcrumb > li")];
  const tops = items.flatMap((item) => [...item.getClientRects()].map((box) => Math.round(box.top)));
  const before = items.filter((item) => getComputedStyle(item, "::before").content !== "none");
  return { lines: new Set(tops).size, before: before.length, wide: document.documentElement.scrollWidth > innerWidth };
}"""


@pytest.mark.parametrize("width", [390, 320])
def test_no_line_of_the_way_begins_with_a_mark(enter, live_server, width):
    claim = a_claim(ClaimStatus.IN_REVIEW, statement=WORDS)
    page = enter(a_person("editor"), viewport={"width": width, "height": 800})
    page.goto(live_server.url + reverse("desk:history", args=[claim.pk]))

    seen = page.evaluate(LINES)

    assert seen["lines"] > 1
    assert (seen["before"], seen["wide"]) == (0, False)
