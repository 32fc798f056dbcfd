"""What a page shows that leads somewhere: its links, and its forms as they stand."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# Going there ends the visit, or leads into files, events and the reference.
ELSEWHERE = ("/static/", "/media/", "/sign-out", "/admin/logout", "/admin/jsi18n")


class Page(HTMLParser):
    """The addresses that a page links to, and each form with its own first fields."""

    def __init__(self, address, text):
        super().__init__()
        self.address, self.links, self.forms = address, set(), []
        self._form = self._area = self._select = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        known = getattr(self, f"_see_{tag}", None)
        if known:
            known(given)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area and self._form is not None:
            self._form["fields"].setdefault(self._area, [""])
            self._form["fields"][self._area][-1] += data

    def _see_a(self, given):
        self._lead(given.get("href"))

    def _lead(self, address):
        whole = urlsplit(urljoin(f"http://testserver{self.address}", address or ""))
        here = whole.netloc == "testserver" and not whole.path.startswith(ELSEWHERE)
        if address and not address.startswith("#") and here:
            self.links.add(f"{whole.path}?{whole.query}" if whole.query else whole.path)

    def _see_form(self, given):
        action = urljoin(self.address, given.get("action") or self.address)
        self._form = {
            "action": action,
            "method": given.get("method", "get").lower(),
            "fields": {},
            "id": given.get("id"),
            "buttons": [],
        }
        self.forms.append(self._form)

    def _see_input(self, given):
        name, kind = given.get("name"), given.get("type", "text")
        ticked = kind not in {"checkbox", "radio"} or "checked" in given
        if self._form is None or not name or not ticked or kind in {"submit", "file"}:
            return
        self._form["fields"].setdefault(name, []).append(given.get("value") or "")

    def _see_button(self, given):
        form = self._form
        if "form" in given:  # it stands elsewhere than the form that it sends
            form = next((f for f in self.forms if f["id"] == given["form"]), None)
        if form is None or given.get("type", "submit") != "submit":
            return
        action = given.get("formaction")
        form["buttons"].append(
            {
                "fields": {given["name"]: given.get("value") or ""}
                if given.get("name")
                else {},
                "action": urljoin(self.address, action) if action else form["action"],
                "method": (given.get("formmethod") or form["method"]).lower(),
            }
        )

    def _see_textarea(self, given):
        self._area = given.get("name")
        if self._area and self._form is not None:
            self._form["fields"].setdefault(self._area, []).append("")

    def _see_select(self, given):
        self._select = given.get("name")

    def _see_option(self, given):
        if self._form is None or not self._select:
            return
        fields = self._form["fields"]
        if "selected" in given or self._select not in fields:
            fields[self._select] = [given.get("value") or ""]
