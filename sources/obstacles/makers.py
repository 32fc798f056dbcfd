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
_MARKS = re.compile(
    rb"_cf_chl_opt|cf-chl-|cf_captcha|cf-browser-verification|/cdn-cgi/challenge-platform/h/[a-z]/orchestrate"
    rb"|(?:geo|ct|interstitial)\.captcha-delivery\.com|px-captcha|window\._pxAppId[^<]{0,2000}blockScript|/_sec/cp_challenge|sec-if-cpt-container"
    rb"|bm-verify=|errors\.edgesuite\.net|Incapsula incident ID|_Incapsula_Resource\?(?:CWUDNSAI|SWUDNSAI)|iframe[^>]{0,80}_Incapsula_Resource"
    rb"|gokuProps|AwsWafIntegration\.(?:checkForceRefresh|saveReferrer)|awswaf\.com/[^\"'<> ]{0,200}/captcha\.js|ddos-guard\.net/|check\.ddos-guard"
    rb"|sucuri_cloudproxy|kpsdk|/149e9513-01fa-4fb0-aad4-566afd725d1b/|_kasada|validate\.perfdrive\.com|shieldsquare|distil_r_captcha|distilIdentificationBlock"
    rb"|/\.within\.website/x/cmd/anubis|id=[\"']?anubis_challenge|/__ddg|StackPath[^<]{0,40}captcha|sgcaptcha|/showcaptcha|smart-?captcha\.yandex[^<]{0,80}page"
    rb"|_guard/(?:auto|click|slide)\.js|aliyun_waf|acw_sc__v[23]|qrator|Reblaze|rbzns|/__zenedge|ak-challenge|go-away-challenge|vercel-challenge|/_challenge",
    re.IGNORECASE,
)
_TITLES = re.compile(
    rb"<title[^<>]*>\s*(?:just a moment|attention required|one moment|ddos-guard|checking your browser|robot check|pardon our interruption|"
    rb"access denied|are you (?:a )?(?:robot|human)|security check|human verification|vercel security checkpoint|making sure you)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    rb"google\.com/recaptcha/|hcaptcha\.com/1/api|challenges\.cloudflare\.com/turnstile|g-recaptcha|h-captcha|cf-turnstile|friendlycaptcha|geetest|funcaptcha|arkoselabs",
    re.IGNORECASE,
)


def in_headers(headers: Mapping[str, str]) -> bool:
    """Say whether the headers themselves tell of a challenge."""
    return any(pattern.search(headers.get(name, "")) for name, pattern in _HEADERS)


def on_page(body: bytes) -> bool:
    """Say whether markup is that of a challenge."""
    return _MARKS.search(body[:_MOST]) is not None


def in_title(body: bytes) -> bool:
    """Say whether a page has the title of a challenge; enough where a status says more."""
    return _TITLES.search(body[:_MOST]) is not None


def asks_riddle(body: bytes) -> bool:
    """Say whether a page carries a riddle for people, as forms on ordinary pages do too."""
    return _CAPTCHA.search(body[:_MOST]) is not None
