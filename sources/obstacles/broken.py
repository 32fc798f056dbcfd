"""Sites that answer with 200 and are in trouble, or being worked on."""

from __future__ import annotations

import re

from sources.obstacles.impression import Impression
from sources.obstacles.signs import ALIVE, Sign
from sources.saying import gettext_noop as _

_HEADING = re.compile(
    r"^(?:(?:site |system |scheduled |under |temporary |planned )*maintenance(?: mode| in progress| work)?|"
    r"(?:we'll|we will) be (?:right )?back(?: soon)?|(?:temporarily|service temporarily|service|site|website) (?:unavailable|offline|down)|"
    r"(?:site|website|page|we are|we're) (?:is )?(?:currently |temporarily )?(?:down|under|closed|offline)(?: for)?(?: maintenance)?|"
    r"error establishing a database connection|database (?:connection )?error|"
    r"(?:http |error )?(?:500|502|503|504)(?:[\s:,-].{0,40})?|(?:internal server error|bad gateway|service unavailable|gateway time-?out)|"
    r"(?:an |unexpected |application |server )*error (?:has )?occur+ed|application error.{0,60}|something went wrong|"
    r"wartungsarbeiten|wartungsmodus|(?:site )?en maintenance|(?:sitio )?en mantenimiento|em manutenção|in manutenzione|in onderhoud|технические работы|bakım çalışması)"
    r"(?: [-|–].*|\W*)$"
)
_WORDS = re.compile(
    r"error establishing a database connection|(?:undergoing|down for|under|scheduled) (?:scheduled |routine |planned |essential )*maintenance|"
    r"be back (?:soon|shortly|online)|(?:temporarily|currently) (?:unavailable|offline|down)|try again (?:later|in a (?:few|couple)|shortly|soon)|"
    r"fatal error: |uncaught (?:exception|error)|stack trace:|traceback \(most recent call last\)|internal server error|"
    r"wegen wartungsarbeiten|en cours de maintenance|en mantenimiento|in manutenzione|технические работы|ведутся работы"
)


def _heads(page: Impression) -> tuple[str, ...]:
    return tuple(
        one.lower().replace("’", "'") for one in (*page.title_parts, *page.headings)
    )


SIGNS = (
    Sign(
        70,
        lambda c: any(_HEADING.search(one) for one in _heads(c.page)),
        _("its heading says so"),
    ),
    Sign(40, lambda c: _WORDS.search(c.page.words) is not None, _("it says so")),
    Sign(20, lambda c: c.page.is_short, _("it is very short")),
    Sign(15, lambda c: c.vanished, _("nothing that was kept of the page is on it")),
    Sign(10, lambda c: c.page.has_little_text, _("it has no running text")),
    *ALIVE,
)
