"""What a browser would send of a page's form, untouched."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self.area, self.select = {}, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and _counts(given):
            ticked = "on" if given.get("type") == "checkbox" else ""
            self.data[name] = given.get("value") or ticked
        elif tag == "textarea":
            self.area = name
            self.data[name] = ""
        elif tag == "select":
            self.select = name
            self.data.setdefault(name, "")
        elif tag == "option" and "selected" in given and self.select:
            self.data[self.select] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves out the line break after the tag.
            self.data[self.area] = self.data[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area is not None:
            self.data[self.area] += data


def _counts(given):
    kind = given.get("type", "text")
    if kind in {"submit", "button"} or "disabled" in given:
        return False
    return kind not in {"checkbox", "radio"} or "checked" in given


def filled(answer):
    """Return the fields of the page with their values, as they would be sent."""
    form = _Form()
    form.feed(answer.content.decode())
    return {
        name: value
        for name, value in form.data.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }
