"""Pages that have no address: a form that was refused, a conflict, an empty house."""

import pytest
from playwright.sync_api import expect

from claims import editing
from claims.models import Claim
from claims.vocabulary import ClaimStatus
from tests.everybody.extremes import ARABIC, GERMAN
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ana(db):
    return a_person("admin", "ana")


@pytest.fixture
def inspector(inspect, ana):
    return inspect(ana)


def test_a_review_that_was_refused(inspector, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    found = inspector.visit(f"/desk/claims/{claim.pk}/")

    inspector.page.get_by_role("button", name="Submit for second review").click()
    expect(inspector.page.get_by_role("alert").first).to_be_visible()

    found += inspector.look("a refused review")
    assert not found, "\n".join(found)


def test_a_conflict_between_long_texts(inspector, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana, statement=GERMAN)
    page = inspector.page
    page.goto(f"{inspector.address}/desk/claims/{claim.pk}/?open=change")
    editing.change_claim(
        Claim.objects.get(pk=claim.pk),
        version=claim.version,
        by=a_person("reviewer", "ben"),
        statement=ARABIC,
        at=NOON,
    )

    form = page.locator('form[action$="/change/"]')
    form.locator("[name=statement]").fill(f"{GERMAN} {GERMAN}")
    form.get_by_role("button", name="Save the claim").click()
    expect(page.get_by_role("alert").first).to_be_visible()

    found = inspector.look("a conflict")
    assert not found, "\n".join(found)


EMPTY = (
    *(f"/desk/?tab={tab}" for tab in ("mine", "unclaimed", "second", "recheck", "all")),
    *("/desk/?tab=snoozed", "/desk/?tab=all&q=nothing", "/desk/inbox/", "/desk/views/"),
    *("/desk/people/", "/desk/hosts/", "/", "/?q=nothing", "/corrections"),
)


def test_an_empty_house_says_what_to_do_next(inspector):
    found, silent = [], []

    for path in EMPTY:
        found += inspector.visit(path)
        main = inspector.page.locator("main")
        if len(main.inner_text()) < 80:
            silent.append(path)

    assert not found, "\n".join(found)
    assert not silent
