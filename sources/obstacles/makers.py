"""
The marks that makers of walls leave on them, in headers and markup.

Only what stands on a wall itself: their scripts are on ordinary pages as well, to
look at visitors there. Needs no parser, so that a glance can tell a wall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MOST = 200_000  # bytes

_HEADERS = (
    ("cf-mitigated", re.compile("challenge")),
    ("x-amzn-waf-action", re.compile("challenge|captcha")),
    ("x-vercel-mitigated", re.compile("challenge|deny")),
    ("x-sucuri-block", re.compile(".")),
    ("x-dd-b", re.compile(".")),
    ("x-px-block", re.compile(".")),
)
# In lower case; each is looked for as it stands, which is far quicker than a pattern.
_MARKS = (
    # Cloudflare
    *(b"_cf_chl_opt", b"cf-chl-", b"cf_captcha", b"cf-browser-verification"),
    *(
        b"/cdn-cgi/challenge-platform/h/b/orchestrate",
        b"/cdn-cgi/challenge-platform/h/g/orchestrate",
    ),
    # DataDome, HUMAN
    *(b"geo.captcha-delivery.com", b"ct.captcha-delivery.com", b"px-captcha"),
    b"interstitial.captcha-delivery.com",
    # Akamai
    *(b"/_sec/cp_challenge", b"sec-if-cpt-container", b"bm-verify="),
    *(b"errors.edgesuite.net", b"ak-challenge"),
    # Imperva
    *(b"incapsula incident id", b"_incapsula_resource?cwudnsai"),
    *(
        b"_incapsula_resource?swudnsai",
        b"distil_r_captcha",
        b"distilidentificationblock",
    ),
    # AWS
    *(
        b"gokuprops",
        b"awswafintegration.checkforcerefresh",
        b"awswafintegration.savereferrer",
    ),
    # DDoS-Guard, Sucuri, Kasada, Radware, Anubis, SiteGround, Yandex, Reblaze
    *(
        b"check.ddos-guard",
        b"/.well-known/ddos-guard/",
        b"sucuri_cloudproxy",
        b"kpsdk",
        b"_kasada",
    ),
    *(b"validate.perfdrive.com", b"shieldsquare", b"/.within.website/x/cmd/anubis"),
    *(b"anubis_challenge", b"/.well-known/sgcaptcha", b"/showcaptcha", b"rbzns"),
    # Alibaba, Qrator, Vercel
    *(b"acw_sc__v2", b"acw_sc__v3", b"aliyun_waf", b"__qrator", b"vercel-challenge"),
)
_CAPTCHA = (
    *(
        b"google.com/recaptcha/",
        b"hcaptcha.com/1/api",
        b"challenges.cloudflare.com/turnstile",
    ),
    *(b"g-recaptcha", b"h-captcha", b"cf-turnstile", b"friendlycaptcha", b"geetest"),
    *(b"funcaptcha", b"arkoselabs"),
)
_TITLES = re.compile(
    rb"<title[^<>]*>\s*(?:just a moment|attention required|one moment|ddos-guard|checking your browser|robot check|pardon our interruption|"
    rb"access denied|are you (?:a )?(?:robot|human)|security check|human verification|vercel security checkpoint|making sure you)",
    re.IGNORECASE,
)


def in_headers(headers: Mapping[str, str]) -> bool:
    """Say whether the headers themselves tell of a challenge."""
    return any(pattern.search(headers.get(name, "")) for name, pattern in _HEADERS)


def on_page(body: bytes) -> bool:
    """Say whether markup is that of a challenge."""
    few = body[:_MOST].lower()
    return any(mark in few for mark in _MARKS)


def in_title(body: bytes) -> bool:
    """Say whether a page has the title of a challenge; enough where a status says more."""
    return _TITLES.search(body[:_MOST]) is not None


def asks_riddle(body: bytes) -> bool:
    """Say whether a page carries a riddle for people, as forms on ordinary pages do too."""
    few = body[:_MOST].lower()
    return any(mark in few for mark in _CAPTCHA)
