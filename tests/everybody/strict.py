"""A browser that writes down whatever goes wrong on the pages it is led to."""

from playwright.sync_api import Page

# What a browser refuses, and what ran that should not have.
WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# A private window, or one in which a site may keep nothing.
NOTHING_IS_KEPT = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(window, name, {
    get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
  });
"""
# A disk that is full: there, and refuses each thing.
NO_ROOM = """
Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };
IDBObjectStore.prototype.put = () => { throw new DOMException("Full.", "QuotaExceededError"); };
IDBFactory.prototype.open = () => { throw new DOMException("Full.", "QuotaExceededError"); };
"""


class Trouble:
    """What went wrong since this began to watch a page."""

    def __init__(self, page: Page, *scripts: str):
        self.page, self.told = page, []
        for script in (WATCH, *scripts):
            page.add_init_script(script)
        page.on("pageerror", lambda error: self.tell(f"thrown: {error}"))
        page.on("console", self.said)
        page.on("dialog", self.asked)

    def tell(self, what):
        self.told.append(f"{self.page.url}: {what}")

    def said(self, message):
        # That a page is not there is what some of them show.
        if message.type == "error" and "the server responded with a status" not in (
            message.text
        ):
            self.tell(f"console: {message.text}")

    def asked(self, dialog):
        self.tell(f"dialog: {dialog.message}")
        dialog.dismiss()
