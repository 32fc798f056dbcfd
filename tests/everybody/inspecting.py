"""
Looks at a page as those meet it who cannot see it, or see it small, or have no mouse.

`Inspector.look` says in words what is wrong: what axe-core finds against WCAG 2.2 A and
AA, and what `eyes.js` finds, from left to right and from right to left. A page is
fetched once and looked at in many ways.
"""

from pathlib import Path

HERE = Path(__file__).parent
AXE = (HERE / "axe-core" / "axe.min.js").read_text()
EYES = (HERE / "eyes.js").read_text()
WIDE = {"width": 1440, "height": 900}
MIDDLE = {"width": 1024, "height": 768}
NARROW = {"width": 360, "height": 740}
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
TERSE = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = {
    **TERSE,
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
}
# What can differ between wide and narrow, between light and dark, and between left and
# right; the rest is the same document, and is looked at once.
COLOURS = {**TERSE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
PLACES = {
    **TERSE,
    "runOnly": {
        "type": "rule",
        "values": [
            *("target-size", "link-in-text-block", "scrollable-region-focusable"),
            *("aria-hidden-focus", "bypass"),
        ],
    },
}
FROM_THE_LEFT = (
    (WIDE, "light", EVERYTHING),
    (WIDE, "dark", COLOURS),
    (ZOOMED, "dark", COLOURS),
    (ZOOMED, "light", PLACES),
    (NARROW, "light", None),
    (MIDDLE, "light", None),
)
FROM_THE_RIGHT = (
    (WIDE, "light", PLACES),
    (MIDDLE, "light", None),
    (ZOOMED, "light", PLACES),
)
RUN = """async (options) => {
  const found = await axe.run(document, options);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    help: rule.help,
    where: node.target.flat().join(" "),
    html: node.html,
    why: node.failureSummary.split("\\n").slice(1).map((line) => line.trim()).join("; "),
  })));
}"""


class Inspector:
    """A browser page that is led from address to address, and one that is in Arabic."""

    def __init__(self, page, in_arabic, address):
        self.page, self.in_arabic, self.address = page, in_arabic, address

    def visit(self, path, *, until=None):
        """Open one address, if asked until something stands there, and say what is wrong."""
        found = []
        for page, looks in (
            (self.page, FROM_THE_LEFT),
            (self.in_arabic, FROM_THE_RIGHT),
        ):
            page.set_viewport_size(WIDE)
            page.emulate_media(color_scheme="light")
            page.goto(self.address + path)
            if until is not None:
                page.wait_for_selector(until)
            found += self.seen(page, looks, path)
        return found

    def look(self, name):
        """Return what is wrong with the page as it stands, a line for each thing."""
        found = self.seen(self.page, FROM_THE_LEFT, name)
        self.page.evaluate("() => { document.documentElement.dir = 'rtl' }")
        return found + self.seen(self.page, FROM_THE_RIGHT, f"{name}, turned round")

    def seen(self, page, looks, name):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
            page.evaluate(EYES)
        side = page.evaluate("() => document.documentElement.dir")
        found = [f"{name}: {each}" for each in page.evaluate("() => eyes.once()")]
        for size, theme, rules in looks:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            seen = page.evaluate("() => eyes.places()")
            if rules is not None:
                seen += [self.told(each) for each in page.evaluate(RUN, rules)]
            how = f"{size['width']} px, {theme}, {side}"
            found += [f"{name} ({how}): {each}" for each in seen]
        return found

    @staticmethod
    def told(violation):
        return "{help} ({rule}) at {where}: {why}\n    {html:.200}".format_map(
            violation
        )
