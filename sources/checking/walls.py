"""Pages that are answered with 200 and are not the page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sources.net import Fetched
from sources.readable import Page

# An article *about* robots or lost pages is longer than a notice.
_NOTICE_CHARACTERS = 1_500

_CHALLENGE = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:robot|human)|robot check"
    r"|pardon our interruption|verify(?:ing)? (?:that )?you(?: are|'re) (?:a )?human"
    r"|human verification|security check|checking your browser|unusual traffic"
    r"|enable javascript and cookies to continue|access (?:to this page )?(?:is |has been )?denied"
    r"|ddos protection|please complete the captcha",
    re.IGNORECASE,
)
_CHALLENGE_MARKS = (
    b"cf-chl-",
    b"/cdn-cgi/challenge-platform/",
    b"_Incapsula_Resource",
    b"captcha-delivery.com",
    b"px-captcha",
    b"/_sec/cp_challenge",
    b"awswaf.com",
    b"ddos-guard",
)
_CONSENT = re.compile(
    r"before you continue|we (?:and our partners|value your privacy)|accept all"
    r"|(?:manage|reject all|cookie) (?:options|choices|settings|preferences)"
    r"|bevor sie (?:fortfahren|weiter)|avant de continuer",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"(?:^|\.)(?:consent|guce|cmp|privacy-gate)\.")
_PAID = re.compile(rb"isAccessibleForFree[\"']\s*:\s*[\"']?false", re.IGNORECASE)

_LOST = re.compile(
    r"(?:error\s*|http\s*)?404(?:\s*error)?|(?:404[\s:.–-]*)?(?:error\s*)?(?:oops[!.,\s]*)?"
    r"(?:(?:this|the|that) )?(?:page|article|story|content|file) "
    r"(?:was |is |could |can |has )?(?:been )?(?:not|no longer|cannot|n't)?\s?(?:be )?"
    r"(?:found|available|exists?|here|removed|deleted)|(?:404[\s:.–-]*)?not found"
    r"|(?:404[\s:.–-]*)?seite (?:wurde )?nicht gefunden|page introuvable"
    r"|página no encontrada|pagina non trovata|página não encontrada"
    r"|страница не найдена|الصفحة غير موجودة|صفحه یافت نشد|ページが見つかりません",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[|–—·:»-]\s+|\s*[|»]\s*")


def wall(fetched: Fetched, page: Page) -> str:
    """Return the sentence that says what stands before the page; "" if nothing does."""
    notice = len(page.text) < _NOTICE_CHARACTERS
    words = f"{page.title}\n{page.text}" if notice else ""
    if notice and (
        _CHALLENGE.search(words) or any(m in fetched.body for m in _CHALLENGE_MARKS)
    ):
        return "The site asks visitors to prove that they are human."
    elsewhere = bool(fetched.hops) and _CONSENT_HOST.search(
        urlsplit(fetched.final_url).hostname or ""
    )
    if elsewhere or len(_CONSENT.findall(words)) >= 2:
        return "The site wants consent to cookies before it shows the page."
    return ""


def for_subscribers(fetched: Fetched) -> bool:
    """Say whether the page declares that not everybody may read it."""
    return _PAID.search(fetched.body) is not None


def lost(asked: str, fetched: Fetched, page: Page) -> str:
    """
    Return the sentence that says how the page tells that it is not there; "" if not.

    Asked only where nothing that was known of the page is found on it.
    """
    parts = [part.strip(" .!") for part in _TITLE_PARTS.split(page.title)]
    headings = [part for part in [*parts, *page.blocks[:3]] if len(part) < 80]
    if len(page.text) < 2 * _NOTICE_CHARACTERS and any(
        _LOST.fullmatch(part.strip(" .!")) for part in headings
    ):
        return "The page answers, and says that there is nothing here."
    landed = urlsplit(fetched.final_url)
    if (
        fetched.hops
        and landed.path in {"", "/"}
        and urlsplit(asked).path not in {"", "/"}
    ):
        return "The address leads to the front page of the site."
    return ""
