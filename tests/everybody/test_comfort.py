"""What a reader may have asked for: dark or light, colours of their own, no mouse."""

import re

import pytest
from playwright.sync_api import expect

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_person, an_article

pytestmark = pytest.mark.django_db(transaction=True)

PAPER, NIGHT = "rgb(251, 250, 247)", "rgb(20, 23, 28)"
# What has the focus, whether one sees that it has, and whether something lies on it.
FOCUSED = """() => {
  const held = document.activeElement;
  // A choice of the verdict scale shows it on its label.
  const seen = [held, held.closest("label")].some((each) => {
    if (!each) return false;
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && box.width > 1 && box.height > 1;
  });
  const box = (held.closest("label") ?? held).getBoundingClientRect();
  const across = [0.1, 0.5, 0.9].map((part) => box.left + box.width * part);
  const down = [0.1, 0.5, 0.9].map((part) => box.top + box.height * part);
  const open = across.some((x) => down.some((y) => {
    const top = document.elementFromPoint(x, y);
    return top && (held.contains(top) || top.contains(held) || held.closest("label")?.contains(top));
  }));
  return { what: held.outerHTML.slice(0, 100), seen: seen && open, end: held === document.body };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_button_says_what_it_turns_to(enter, live_server, scheme):
    page = enter(color_scheme=scheme)
    page.goto(live_server.url)
    paper = page.locator("html")
    dark, light = (page.get_by_role("button", name=name) for name in ("Dark", "Light"))
    first, second = (dark, light) if scheme == "light" else (light, dark)

    expect(second).to_have_count(0)
    first.click()
    expect(paper).to_have_css("background-color", NIGHT if first is dark else PAPER)
    expect(first).to_have_count(0)
    page.reload()
    second.click()

    expect(paper).to_have_css("background-color", PAPER if first is dark else NIGHT)


def addresses():
    ana = a_person("admin", "ana")
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    shown = a_claim(ClaimStatus.PUBLISHED)
    return ana, [
        "/",
        shown.get_absolute_url(),
        "/desk/?tab=all",
        an_article().get_absolute_url(),
        f"/desk/claims/{claim.pk}/",
        "/admin/",
    ]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 600), (360, 560)])
def test_one_sees_where_one_is_and_can_skip_the_masthead(enter, live_server, size):
    ana, paths = addresses()
    page = enter(ana, viewport=dict(zip(("width", "height"), size, strict=True)))

    for path in paths:
        page.goto(live_server.url + path)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_contain_text("Skip to")
        expect(skip).to_be_in_viewport()
        unseen = []
        for _ in range(60):
            held = page.evaluate(FOCUSED)
            if held["end"]:
                break
            if not held["seen"]:
                unseen.append(held["what"])
            page.keyboard.press("Tab")
        assert not unseen, (path, unseen)


def test_the_skip_link_leads_to_the_content(enter, live_server):
    page = enter()
    page.goto(live_server.url)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("width", "folded"), [(1280, False), (390, True)])
@pytest.mark.parametrize("script", [True, False])
def test_the_filters_of_the_queue_are_folded_on_a_phone(
    enter, live_server, width, folded, script
):
    a_claim(ClaimStatus.NEW)
    page = enter(
        a_person("reviewer"),
        viewport={"width": width, "height": 800},
        java_script_enabled=script,
    )
    page.goto(f"{live_server.url}/desk/?tab=unclaimed")
    words = page.get_by_role("searchbox", name="Words")

    if folded:
        expect(words).to_be_hidden()
        page.locator("summary", has_text="Filter").click()
    elif script:
        page.keyboard.press("/")
        expect(words).to_be_focused()
    words.fill("damage")
    words.press("Enter")

    expect(page).to_have_url(re.compile("q=damage"))
    if folded:
        expect(page.get_by_text("Filter, one chosen")).to_be_visible()
