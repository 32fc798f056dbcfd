"""Addresses whose domain is for sale, has lapsed, or belongs to an empty server."""

from __future__ import annotations

import re

from sources.obstacles import addresses
from sources.obstacles.impression import Impression
from sources.obstacles.signs import ALIVE, Sign
from sources.saying import gettext_noop as _

_BROKER = re.compile(
    r"(?:^|\.)(?:sedo|sedoparking|hugedomains|dan|afternic|bodis|parkingcrew|above|undeveloped|parklogic|"
    r"namebright|domainmarket|buydomains|brandbucket|squadhelp|atom|uniregistry|epik|dynadot|sav|efty|"
    r"domainagents|parked|parking|parkweb|domain-?parking|perfectdomain|grit|flippa|domaineasy|spaceship)"
    r"\.(?:com|net|org|de|io|co|domains|biz|info)$"
)
_MOST = 200_000  # bytes
# In lower case.
_MACHINERY = (
    *(b"data-adblockkey=", b"sedoparking.com", b"parkingcrew.net", b"parklogic.com"),
    *(b"bodis.com", b"parked-content.godaddy", b"d38psrni17bvxu.cloudfront"),
    *(
        b"adsense/domains/caf.js",
        b"afternic.com/forsale",
        b"hugedomains.com/domain_profile",
    ),
    *(
        b"dan.com/buy-domain",
        b"img.namebright",
        b"sedo.com/search",
        b"sedo.com/checkdomainoffer",
    ),
    *(
        b"domainmarket.com/buynow",
        b"undeveloped.com/buy",
        b"parking-lander",
        b"/px.js?ch=",
    ),
    *(b"skenzo", b"smartname.com", b"window.park =", b"window._park", b"cdn-parking"),
    *(b'href="/lander', b"href='/lander"),
)
_DOMAIN = r"(?:domain(?:s|name| name)?|web ?address|website name|internet address|[a-z0-9-]{2,60}\.[a-z]{2,12})"
_FOR_SALE = re.compile(
    rf"{_DOMAIN}(?: name)?[^.!?]{{0,40}} (?:is|may be|might be|could be|are) (?:currently |also |now )?(?:for sale|available (?:for|to) (?:sale|purchase|buy)|parked|up for (?:sale|auction))"
    rf"|(?:buy|purchase|own|get|acquire|make an offer (?:on|for)|interested in|inquire about|bid on|lease) (?:this|the) {_DOMAIN}"
    rf"|{_DOMAIN} for sale\b|premium domain|domain parking|parked (?:domain|free|page|for free)|parked by"
    r"|(?:diese )?domain (?:[a-z0-9.-]+ )?(?:steht|ist) (?:hier )?(?:zum verkauf|zu verkaufen|käuflich|geparkt)|domain (?:kaufen|erwerben|zu verkaufen)"
    r"|(?:nom de )?domaine (?:[a-z0-9.-]+ )?(?:est )?(?:à vendre|en vente|parqué)|dominio (?:[a-z0-9.-]+ )?(?:está |è )?(?:en venta|in vendita|a la venta|parcheggiato)"
    r"|domínio (?:[a-z0-9.-]+ )?(?:está )?à venda|domein(?:naam)? (?:[a-z0-9.-]+ )?(?:is )?te koop|domen[ae]? .{0,30}(?:na sprzedaż|jest na sprzedaż)"
    r"|домен .{0,40}(?:прода[её]тся|выставлен на продажу|припаркован)|域名.{0,20}(?:出售|转让|出讓)|ドメイン.{0,20}(?:販売|売り)|alan ad[ıi] satılık"
)
_LAPSED = re.compile(
    rf"(?:this|the|your) {_DOMAIN} (?:registration )?(?:has|is) (?:been )?(?:expired|suspended|deactivated|lapsed|pending (?:renewal|deletion|delete))"
    r"|domain (?:has )?expired|expired domain|domain (?:name )?has been registered|newly registered|(?:is )?registered (?:at|with|by) [a-z0-9.-]+ (?:but|and) (?:may|has|is)"
    r"|(?:account|website|site|hosting|service|webspace)(?: has been| is|) (?:suspended|deactivated|disabled)|future home of|is (?:almost|nearly) here"
    r"|(?:there is )?no (?:web ?site|site|content) (?:configured|hosted|published|here yet|at this address|is configured)"
    r"|domain (?:ist )?(?:abgelaufen|gesperrt)|domaine (?:a )?expiré|dominio (?:ha )?(?:caducado|scaduto|expirado)|домен .{0,30}(?:истёк|истек|заблокирован)|срок регистрации домена"
)
_EMPTY_SERVER = re.compile(
    r"welcome to nginx|apache2? (?:[a-z]+ )?(?:default|test) page|test page for the (?:apache|nginx|http)|^it works!$|iis windows server"
    r"|default (?:web ?site|plesk|server|web) page|web server'?s default page|hosting default page|plesk default|directadmin|cpanel"
    r"|(?:this is the )?default (?:index|home) ?page|placeholder page|congratulations.{0,40}(?:web ?site|server) (?:is|was) (?:created|working)"
    r"|(?:site|page) (?:is )?(?:currently )?under construction|^(?:website )?coming soon\W*$|default host",
    re.MULTILINE,
)


def _host_spoken(page: Impression) -> bool:
    host = addresses.host(page.landed)
    return "." in host and host in page.words


def _sends_to_broker(page: Impression) -> bool:
    landed = addresses.host(page.landed)
    asked = addresses.host(page.asked)
    sent = addresses.host(page.head.refresh) if page.head.refresh else ""
    if addresses.parts(page.head.refresh).path == "/lander":
        return True
    return any(
        host and host != asked and _BROKER.search(host) is not None
        for host in (landed, sent)
    )


def _is_built_for_it(page: Impression) -> bool:
    few = page.body[:_MOST].lower()
    return any(mark in few for mark in _MACHINERY)


def _heads(page: Impression) -> str:
    return "\n".join((*page.titles, *page.headings)).lower()


SIGNS = (
    Sign(
        100,
        lambda c: _sends_to_broker(c.page),
        _("the address leads to a trader in domains"),
    ),
    Sign(
        60,
        lambda c: _is_built_for_it(c.page),
        _("it is built by a service that parks domains"),
    ),
    Sign(
        45,
        lambda c: _FOR_SALE.search(_heads(c.page)) is not None,
        _("its heading offers the domain for sale"),
    ),
    Sign(
        40,
        lambda c: _FOR_SALE.search(c.page.words) is not None,
        _("it offers the domain for sale"),
    ),
    Sign(
        70,
        lambda c: _LAPSED.search(_heads(c.page)) is not None,
        _("its heading says that the domain or its server was switched off"),
    ),
    Sign(
        50,
        lambda c: _LAPSED.search(c.page.words) is not None,
        _("it says that the domain or its server was switched off"),
    ),
    Sign(
        85,
        lambda c: _EMPTY_SERVER.search(_heads(c.page)) is not None,
        _("it is what a server shows that nothing was put on"),
    ),
    Sign(25, lambda c: _host_spoken(c.page), _("it speaks of the name of the domain")),
    Sign(20, lambda c: c.page.is_short, _("it is very short")),
    Sign(20, lambda c: c.vanished, _("nothing that was kept of the page is on it")),
    Sign(
        10,
        lambda c: c.page.is_strange_to_its_address,
        _("it has no word of its address"),
    ),
    Sign(10, lambda c: c.page.has_little_text, _("it has no running text")),
    *ALIVE,
)
