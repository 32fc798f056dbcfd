"""The panel in a browser: nothing that its own security policy would stop."""

import pytest
from django.conf import settings
from django.test import Client

from claims.models import Claim
from claims.vocabulary import ClaimStatus
from tests.admin.rooms import address
from tests.factories import a_citation, a_claim, a_claimant, a_person, an_assessment
from tests.live import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page):
    """What the browser has to say about the pages, errors and stopped styles alike."""
    heard = []
    page.on("console", lambda m: heard.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def at_the_panel(page, live_server):
    """An editor, signed in in the browser."""
    editor = a_person("editor")
    client = Client()
    client.force_login(editor)
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    yield editor
    # What is still under way would be answered in the middle of another test.
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")


def test_pages_work_under_the_strict_policy(
    page, live_server, at_the_panel, complaints
):
    claim = a_claim(ClaimStatus.PUBLISHED)
    a_citation(an_assessment(claim))

    for path in (
        "/admin/",
        address("claims.claim"),
        address("claims.claim", "add"),
        address("claims.claim", "change", claim.pk),
        address("claims.claim", "history", claim.pk),
        address("sources.source"),
    ):
        answer = page.goto(live_server.url + path)
        assert answer.status == 200
        assert "unsafe-inline" not in answer.headers["content-security-policy"]

    assert complaints == []


def test_a_claim_is_written_with_a_name_found_and_a_page_cited(
    page, live_server, at_the_panel, complaints
):
    a_claimant("Iran", "government")
    page.goto(live_server.url + address("claims.claim", "add"))

    page.fill("#id_statement", "The strike did minimal damage.")
    page.click(".field-claimant .select2-selection")
    page.fill(".select2-search__field", "ira")
    page.click(".select2-results__option:has-text('Iran')")
    page.click("text=Add another Page to cite")
    page.fill("#id_citations-0-url", "https://paper.example/strike")
    page.fill("#id_citations-0-exact", "minimal damage")
    page.click("input[name=_save]")

    page.wait_for_selector(".messagelist .success")
    claim = Claim.objects.get()
    assert claim.claimant.name == "Iran"
    assert claim.citations.get().passage.exact == "minimal damage"
    assert complaints == []


def test_the_panel_is_paper_or_night_as_the_reader_chose(
    page, live_server, at_the_panel
):
    page.emulate_media(color_scheme="light")
    page.goto(live_server.url + "/admin/")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(251, 250, 247)"

    page.click("#header .theme-toggle")

    until(page, f"{colour} === 'rgb(20, 23, 28)'")
