"""What stands before pages, and what is found where a site used to be."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sources.pages.dressing import Content, bare, classic
from tests.sources.pages.living import paragraphs
from tests.sources.pages.site import Shown

LEAD = "The tunnel under the harbour will cost twice as much as planned, the city said on Monday."


def challenges() -> Iterator[tuple[str, Shown]]:
    yield "headers", Shown("<p>Hello", headers={"cf-mitigated": "challenge"})
    yield (
        "moment",
        Shown(
            "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p><script>window._cf_chl_opt={}</script>"
        ),
    )
    yield (
        "waiting room",
        Shown(
            "<title>Attention Required! | Shield</title><h1>One more step</h1><p>Please complete the security check to access the site. Ray ID: 8f2a</p>"
        ),
    )
    yield (
        "captcha",
        Shown("<script src=https://geo.captcha-delivery.com/c.js></script><p>Hello"),
    )
    yield (
        "press and hold",
        Shown(
            "<title>Access to this page has been denied</title><div id='px-captcha'></div><p>Press & Hold to confirm you are a human (and not a bot).</p>"
        ),
    )
    yield (
        "denied",
        Shown(
            '<title>Access Denied</title><h1>Access Denied</h1><p>You don\'t have permission to access "/a" on this server. Reference #18.2d3</p>'
        ),
    )
    yield (
        "waf",
        Shown(
            "<html><script>window.gokuProps = {}</script><script src='https://1.token.awswaf.com/1/challenge.js'></script><noscript>…</noscript></html>",
            status=202,
        ),
    )
    yield (
        "incident",
        Shown(
            "<iframe src='/_Incapsula_Resource?CWUDNSAI=9'>Request unsuccessful. Incapsula incident ID: 1</iframe>"
        ),
    )
    yield (
        "led away",
        Shown(
            "<p>Confirm that you are no robot",
            landed="https://validate.perfdrive.com/?ssa=1",
        ),
    )
    yield (
        "not a bot",
        Shown(
            "<title>Making sure you're not a bot!</title><h1>Making sure you're not a bot!</h1><script id='anubis_challenge'>{}</script>"
        ),
    )
    yield (
        "German",
        Shown(
            "<title>Sicherheitsüberprüfung</title><h1>Nur einen Moment</h1><p>Bitte bestätigen Sie, dass Sie ein Mensch sind.</p>"
        ),
    )
    yield (
        "Russian",
        Shown(
            "<title>Вы не робот?</title><h1>Подтвердите, что запросы отправляли вы, а не робот</h1>",
            landed="/showcaptcha?retpath=1",
        ),
    )


def consents() -> Iterator[tuple[str, Shown]]:
    yield (
        "elsewhere",
        Shown(
            "<h1>Your choices</h1><p>Choose.</p>",
            landed="https://consent.sorn.example/collect?to=x",
        ),
    )
    yield "a path", Shown("<h1>Your choices</h1>", landed="/cookiewall?next=/a")
    yield (
        "English",
        Shown(
            "<title>The Courier</title><h1>Before you continue to The Courier</h1><p>We value your privacy. Accept all</p>"
        ),
    )
    yield (
        "German",
        Shown(
            "<title>Mit Werbung weiterlesen</title><h2>Mit Werbung weiterlesen oder Abo</h2><p>Zustimmen. Unsere 412 Partner. Mit Werbung.</p>"
        ),
    )
    yield (
        "French",
        Shown(
            "<title>Le respect de votre vie privée</title><p>Avec nos 843 partenaires.</p><button>Tout accepter</button><button>Continuer sans accepter</button>"
        ),
    )
    yield (
        "Dutch",
        Shown(
            "<title>Jouw privacy</title><h1>Cookies accepteren</h1><p>Akkoord of weigeren. Onze partners.</p>"
        ),
    )


def sign_ins() -> Iterator[tuple[str, Shown]]:
    form = "<form><input name=user><input type=password><button>Go</button></form>"
    yield (
        "led to it",
        Shown(bare(Content(title="Welcome", body=form)), landed="/login?next=/a"),
    )
    yield (
        "at another host",
        Shown(
            bare(Content(title="Account", body=form)),
            landed="https://login.sorn.example/u/x",
        ),
    )
    yield "in its place", Shown(bare(Content(title="Sign in", body=form)))
    yield (
        "at the front page",
        Shown(bare(Content(title="Log in", body=form)), landed="/"),
    )
    yield (
        "German",
        Shown(
            classic(
                Content(
                    title="Anmelden", body=form + "<p>Bitte melden Sie sich an.</p>"
                )
            )
        ),
    )
    yield (
        "sent on",
        Shown("<meta http-equiv=refresh content='0;url=/user/login'><p>Moment"),
    )


def paywalls() -> Iterator[tuple[str, Shown]]:
    free = '<script type=\'application/ld+json\'>{"@type":"NewsArticle","isAccessibleForFree": false}</script>'
    for name, words in (
        ("English", "Subscribe to continue reading. Already a subscriber? Log in."),
        (
            "German",
            "Jetzt weiterlesen mit Plus. Bereits Abonnent? Dieser Artikel ist nur für Abonnenten.",
        ),
        ("French", "Article réservé aux abonnés. Déjà abonné ?"),
        ("Spanish", "Suscríbete para seguir leyendo. ¿Ya eres suscriptor?"),
        ("Dutch", "Dit artikel is alleen voor abonnees."),
        ("Russian", "Материал доступен только подписчикам. Оформите подписку."),
    ):
        body = paragraphs(LEAD) + f"<div class='paywall-box'><p>{words}</p></div>"
        yield (
            name,
            Shown(
                classic(
                    Content(title="Harbour tunnel", body=body, head=free, article=True)
                )
            ),
        )
    yield (
        "by its markup",
        Shown(
            classic(
                Content(
                    title="Harbour tunnel",
                    body=paragraphs(LEAD)
                    + "<div class=regwall></div><p>To continue reading, please subscribe.</p>",
                )
            )
        ),
    )


def regions() -> Iterator[tuple[str, Shown]]:
    yield (
        "country",
        Shown(
            "<title>The Courier</title><h1>Sorry</h1><p>This content is not available in your country.</p>"
        ),
    )
    yield (
        "union",
        Shown(
            "<title>Unavailable</title><p>Our site is not available to visitors from the EU due to the GDPR.</p>"
        ),
    )


def parked() -> Iterator[tuple[str, Shown]]:
    yield (
        "for sale",
        Shown(
            "<title>sorn-courier.example is for sale</title><h1>sorn-courier.example</h1><p>Buy this domain. The domain sorn-courier.example is for sale!</p>"
        ),
    )
    yield (
        "with advertisements",
        Shown(
            "<html data-adblockkey='MFww'><title>sorn-courier.example</title><h2>Related searches</h2><a href=1>Newspapers</a><p>sorn-courier.example</p></html>"
        ),
    )
    yield (
        "led to a trader",
        Shown(
            "<h1>Domains</h1><p>Choose one",
            landed="https://www.hugedomains.com/domain_profile.cfm?d=sorn",
        ),
    )
    yield (
        "led to a lobby",
        Shown(
            "<html><script>window.onload=function(){window.location.href='/lander'}</script></html>"
        ),
    )
    yield (
        "expired",
        Shown(
            "<title>Domain expired</title><h1>This domain has expired</h1><p>Are you the owner? Renew it now.</p>"
        ),
    )
    yield (
        "suspended",
        Shown(
            "<title>Account Suspended</title><h1>This account has been suspended</h1><p>Contact your hosting provider.</p>"
        ),
    )
    yield (
        "empty server",
        Shown(
            "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the web server is installed.</p>"
        ),
    )
    yield (
        "German",
        Shown(
            "<title>Domain zu verkaufen</title><h1>Diese Domain steht zum Verkauf</h1><p>sorn-courier.example – jetzt Domain kaufen</p>"
        ),
    )
    yield (
        "parked free",
        Shown(
            "<title>sorn-courier.example</title><p>This page is parked free, courtesy of a registrar. sorn-courier.example</p><script src=//img.sedoparking.com/a.js></script>"
        ),
    )


def broken() -> Iterator[tuple[str, Shown]]:
    yield (
        "database",
        Shown(
            "<title>Database Error</title><h1>Error establishing a database connection</h1>"
        ),
    )
    yield (
        "maintenance",
        Shown(
            "<title>Maintenance</title><h1>We'll be back soon!</h1><p>We are undergoing scheduled maintenance.</p>"
        ),
    )
    yield (
        "gateway",
        Shown("<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx"),
    )
    yield (
        "German",
        Shown(
            "<title>Wartungsarbeiten</title><h1>Wartungsarbeiten</h1><p>Wegen Wartungsarbeiten nicht erreichbar.</p>"
        ),
    )
