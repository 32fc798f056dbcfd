"""
Looks at a page as those meet it who cannot see it, or see it small, or have no mouse.

`Inspector.look` says in words what is wrong: what axe-core finds against WCAG 2.2 A and
AA, what runs out of a narrow window, and keys that two things on one page share.
"""

from pathlib import Path

AXE = (Path(__file__).parent / "axe-core" / "axe.min.js").read_text()
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
TERSE = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = {
    **TERSE,
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
}
# What can differ between wide and narrow, and between light and dark; the rest is the
# same document, and is looked at once.
COLOURS = {**TERSE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
PLACES = {
    **TERSE,
    "runOnly": {
        "type": "rule",
        "values": [
            *("color-contrast", "target-size", "link-in-text-block"),
            *("scrollable-region-focusable", "aria-hidden-focus", "bypass"),
        ],
    },
}
LOOKS = (
    ("wide", WIDE, "light", EVERYTHING),
    ("wide", WIDE, "dark", COLOURS),
    ("narrow", NARROW, "dark", COLOURS),
    ("narrow", NARROW, "light", PLACES),
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
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return null;
  const out = [...document.body.querySelectorAll("*")].filter(
    (each) => each.getBoundingClientRect().right > innerWidth + 1);
  return `${wide} px wider than the window, from ${out.at(-1)?.outerHTML.slice(0, 120)}`;
}"""
SHARED_KEYS = """() => {
  const seen = new Map();
  for (const each of document.querySelectorAll("[data-key]")) {
    // Ctrl+Enter is for the form one is in.
    if (!each.checkVisibility() || each.dataset.key === "Ctrl+Enter") continue;
    const item = each.closest("[data-item]");
    const place = item ? [...document.querySelectorAll("[data-item]")].indexOf(item) : "";
    const key = `${each.dataset.key} ${place}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen].filter(([, times]) => times > 1).map(([key]) => key.split(" ")[0]);
}"""


class Inspector:
    """One browser page that is led from address to address."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def visit(self, path, *, until=None):
        """Open one page, if asked until something stands there, and say what is wrong."""
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(self.address + path)
        if until is not None:
            self.page.wait_for_selector(until)
        return self.look(path)

    def look(self, name):
        """Return what is wrong with the page as it stands, a line for each thing."""
        page = self.page
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        found = []
        for width, size, theme, rules in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            found += [
                f"{name} ({width}, {theme}): {self.told(each)}"
                for each in page.evaluate(RUN, rules)
            ]
        if wide := page.evaluate(TOO_WIDE):
            found.append(f"{name} (narrow): {wide}")
        found += [
            f"{name}: two things on this page have the key {key}"
            for key in page.evaluate(SHARED_KEYS)
        ]
        return found

    @staticmethod
    def told(violation):
        return "{help} ({rule}) at {where}: {why}\n    {html:.200}".format_map(
            violation
        )
