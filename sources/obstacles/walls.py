"""What stands before a page: riddles, consent, accounts, subscriptions, borders."""

from __future__ import annotations

import re

from sources.obstacles import addresses, makers
from sources.obstacles.impression import Impression
from sources.obstacles.signs import ALIVE, Sign
from sources.saying import gettext_noop as _

_SHUT = frozenset({202, 401, 403, 405, 406, 429, 503})

# --- Proving to be human -------------------------------------------------------
_CHALLENGE_HEADING = re.compile(
    r"^(?:just a moment|attention required|one moment,? please|please wait|access (?:to this page )?(?:has been |is )?denied|access blocked|"
    r"robot check|are you (?:a )?(?:robot|human)|pardon our interruption|human verification|security (?:check|verification|challenge)|"
    r"(?:client|bot|browser) (?:challenge|check|verification)|checking (?:your|the) (?:browser|connection)|ddos(?:-| )(?:guard|protection)|"
    r"verif(?:y|ying)(?: that)? you are (?:a )?human|making sure you're not a bot|please verify you are (?:a )?human|captcha|"
    r"(?:sorry, )?you have been blocked|blocked|request (?:rejected|blocked)|unusual traffic|vercel security checkpoint|"
    r"einen moment|nur einen moment|un instant|un momento|vérification de sécurité|sicherheits(?:prüfung|abfrage)|acceso denegado|accès refusé|"
    r"zugriff verweigert|доступ (?:ограничен|запрещ[её]н)|вы не робот|проверка браузера|подтвердите, что)\b\W*(?:\w+\W+){0,2}\w*\W*$"
)
_CHALLENGE_WORDS = re.compile(
    r"checking (?:your browser|if the site connection is secure)|verif(?:y|ying)(?: that)? you are (?:a |not a )?(?:human|robot|bot)|"
    r"are you (?:a )?(?:robot|human|bot)\b|enable javascript and cookies to continue|needs to review the security of your connection|"
    r"complete the (?:captcha|security check|challenge)|(?:press|click)(?: and|&) hold|unusual (?:traffic|activity) from your|"
    r"automated (?:access|requests|queries|traffic|tools)|you are (?:a )?(?:robot|bot)|not a (?:robot|bot)\b|"
    r"ray id|reference #\d|incident id|request id:? [0-9a-f-]{8,}|support id|you don't have permission to access .{0,200}on this server|"
    r"you have been blocked|your (?:access|ip|request) (?:address )?(?:has been|is|was) (?:blocked|denied|limited|rejected)|security (?:service|solution) to protect itself|"
    r"bestätigen sie, dass sie (?:ein mensch|kein roboter)|vérifi(?:er|ez) que vous (?:n'êtes pas un robot|êtes (?:un )?humain)|"
    r"verifi(?:ca|que) que (?:eres|usted es|no eres) |подтвердите, что (?:вы|запросы)|кажется, вы робот"
)
_CHALLENGE_ADDRESS = re.compile(
    r"validate\.perfdrive\.com|captcha-delivery\.com|/showcaptcha|google\.[a-z.]+/sorry/|wappass\.baidu|/_incapsula_resource|"
    r"/\.within\.website|/captcha(?:/|$|\?|\.)|/(?:bot|human)[-_]?(?:check|verification|challenge)|/challenge(?:/|$|\?)|/blocked(?:/|$|\?|\.html)",
    re.IGNORECASE,
)

# --- Consent -------------------------------------------------------------------
_CONSENT_ADDRESS = re.compile(
    r"//(?:[^/]*\.)?(?:consent|guce|cmp|privacy-?gate|cookie-?consent|myprivacy|privacy-mgmt|cookiewall|toestemming|consentmanager)\."
    r"|/(?:consent|cookie-?(?:consent|wall|policy-accept|check)|privacy-?(?:gate|wall|consent)|gdpr(?:-consent)?|cookiewall|collectconsent|zustimmung|"
    r"cookie-?toestemming|datenschutz-?zustimmung)(?:/|$|\?|\.)",
    re.IGNORECASE,
)
_CONSENT_HEADING = re.compile(
    r"before you continue|(?:we|you) value your privacy|your privacy (?:choices|matters|is important|settings)|(?:cookie|privacy) (?:consent|settings|preferences|choices|wall)|"
    r"(?:manage|accept) (?:your )?cookies|this (?:site|website) uses cookies|consent (?:required|needed|to)|we (?:need|ask for) your (?:consent|permission)|"
    r"bevor sie (?:fortfahren|weiter)|(?:ihre|deine) (?:privatsphäre|zustimmung|einwilligung)|(?:privatsphäre|datenschutz|cookie)-?einstellungen|"
    r"mit werbung weiterlesen|weiter mit werbung|zustimmung (?:erforderlich|zu)|avant de continuer|(?:votre|respect de votre) vie privée|gérer (?:vos|les) cookies|"
    r"antes de continuar|(?:tu|su) privacidad|valoramos (?:tu|su) privacidad|prima di continuare|la tua privacy|il rispetto della tua privacy|"
    r"voordat je (?:verder|doorgaat)|(?:jouw|uw|je) privacy|cookies accepteren|accepteer cookies|cookie-?instellingen|innan du fortsätter|før du fortsætter|før du fortsetter|"
    r"zanim przejdziesz|szanujemy (?:twoją|pa[ńn]stwa) prywatność|než budete pokračovat|prije nego što nastavite|πριν συνεχίσετε"
)
_CONSENT_WORDS = re.compile(
    r"before you continue|we (?:and our (?:\d+ )?partners|value your privacy)|our (?:\d+ )?partners|accept (?:all|cookies|and (?:continue|close))|agree (?:and|&) (?:continue|close)|"
    r"i (?:agree|accept)\b|(?:manage|reject all|cookie|privacy|more) (?:options|choices|settings|preferences)|reject all|legitimate interest|store (?:and|&|or)/?(?:or )?access information on|"
    r"personali[sz]ed (?:ads|advertising|content)|(?:use|uses|using) cookies|withdraw your consent|your consent|tracking|"
    r"alle akzeptieren|akzeptieren und|zustimmen|einwilligung|ablehnen|unsere (?:\d+ )?partner|mit werbung|berechtigtes interesse|datenschutz(?:erklärung|einstellungen)?|"
    r"tout accepter|accepter et (?:continuer|fermer)|tout refuser|nos (?:\d+ )?partenaires|personnaliser (?:vos|mes) choix|continuer sans accepter|j'accepte|"
    r"aceptar (?:todo|todas|y continuar|cookies)|rechazar|nuestros (?:\d+ )?socios|configurar|accetta(?: tutti| e)?|rifiuta|i nostri (?:\d+ )?partner|"
    r"alles accepteren|akkoord|weigeren|onze partners|acceptera alla|godkänn|accepter alle|godta alle|afvis alle|akceptuj(?:ę|e)|przejdź do serwisu|zaufani partnerzy|souhlasím|přijmout vše|принять все|прийняти"
)

# --- Accounts ------------------------------------------------------------------
_SIGN_IN_ADDRESS = re.compile(
    r"(?:^|/)(?:(?:user|users|account|accounts|member|members|my|auth|sso|oauth2?|id|customer|wp|secure|cas|saml|identity|openid|idp|realms)[-_/]?)*"
    r"(?:log-?in|log_in|sign-?in|sign_in|signon|authenticate|authorize|anmelden|anmeldung|einloggen|connexion|se-connecter|identification|"
    r"iniciar-sesion|acceder|entrar|accedi|inloggen|logga-in|logg-inn|log-ind|kirjaudu|logowanie|zaloguj|prihlaseni|prihlasenie|bejelentkezes|autentificare|"
    r"giris|prijava|autorizare|login_form|wp-login|loginpage|auth)(?:\.[a-z]{2,5})?/*$",
    re.IGNORECASE,
)
_SIGN_IN_HOST = re.compile(
    r"^(?:login|signin|sso|auth|accounts?|id|idp|identity|secure-login|konto|anmelden|connect|myaccount|passport|oauth)\."
)
_SIGN_IN_HEADING = re.compile(
    r"^(?:please )?(?:log ?in|sign ?in|login required|sign in required|member (?:login|sign in)|log in or (?:sign up|register|create)|sign in or (?:register|create)|"
    r"authentication required|you (?:must|need to) (?:be logged in|log in|sign in)|welcome back|create (?:a free )?account|register(?: for free)? to (?:continue|read)|"
    r"anmelden|anmeldung|einloggen|bitte (?:melden sie sich an|anmelden|einloggen)|connexion|se connecter|connectez-vous|identifiez-vous|"
    r"iniciar sesión|inicia sesión|acceder|accedi|entrar|fazer login|inloggen|log in|logga in|logg inn|log ind|kirjaudu(?: sisään)?|zaloguj(?: się)?|logowanie|"
    r"přihlášení|prihlásenie|bejelentkezés|autentificare|вход|войти|авторизация|увійти|вхід|giriş(?: yap)?|prijava|σύνδεση|تسجيل الدخول|ورود|התחברות|登录|登入|ログイン|로그인)"
    r"(?: (?:to|with|into|bei|zu|à|en|a|na|in|w|в|op|på)\b.{0,60}|\W*)$"
)
_SIGN_IN_WORDS = re.compile(
    r"(?:please |you (?:must|need to|have to) |must )(?:be )?(?:log(?:ged)?|sign(?:ed)?)[ -]?in|(?:log|sign) in (?:to (?:continue|view|see|read|access)|below)|"
    r"bitte (?:melden sie sich|loggen sie sich|melde dich)|(?:veuillez )?(?:vous )?(?:connectez-vous|identifier) pour|inicia(?:r)? sesión para|accedi per|log in om|logga in för|"
    r"log ind for|logg inn for|zaloguj się,? aby|přihlaste se|войдите,? чтобы|авторизуйтесь"
)

# --- Subscriptions -------------------------------------------------------------
_SUBSCRIBE = re.compile(
    r"(?:subscribe|sign up|register|log ?in|become a (?:member|subscriber)|join)(?: now| today| for free)? (?:to|and) (?:continue|read|keep|unlock|access|get (?:full|unlimited)|finish)|"
    r"(?:continue|keep|to) reading(?: this (?:article|story))?(?:,|:)? (?:subscribe|with a|for|sign|log|by)|to (?:continue reading|read (?:the (?:full|rest)|this|more))(?: [a-z ]{0,30})?,? (?:subscribe|please|sign|log|you)|"
    r"(?:this|the) (?:article|story|content|page|post) is (?:only )?(?:for|available to|exclusive to|reserved for|exclusively for|available only to|only available to) (?:our |paid |paying |registered |premium )*(?:subscribers|members|subscription)|"
    r"(?:exclusive(?:ly)?|available) (?:for|to) (?:our )?(?:paid )?(?:subscribers|members)|subscribers? only|subscriber[- ](?:only|exclusive)|for subscribers\b|already a (?:subscriber|member)\b|"
    r"unlock (?:this|the) (?:article|story|full)|(?:you(?:'ve| have)) (?:reached|used|read) (?:your|all|the) (?:[a-z]+ )?(?:limit|free|\d+)|(?:articles?|stories) (?:left|remaining) this month|"
    r"want to read (?:more|the (?:full|rest))|read the full (?:article|story) (?:with|by|for)|start your (?:free )?(?:trial|subscription)|subscribe to read|"
    r"(?:weiterlesen|jetzt weiterlesen|artikel (?:frei|weiter)) (?:mit|für)|(?:lesen sie|lies) (?:den ganzen|diesen) artikel mit|(?:nur|exklusiv) für abonnent|jetzt (?:abonnieren|abo|testen|freischalten)|sie (?:haben|sind) (?:bereits|schon) (?:ein abo|abonnent)|bereits abonnent|"
    r"(?:dieser|der) (?:artikel|beitrag|inhalt) ist (?:nur |exklusiv )?(?:für|mit) (?:[a-z+]+-?)?(?:abo|abonnent)|um (?:den artikel|weiterzulesen)|artikel freischalten|"
    r"réservée? (?:à nos |aux )abonnés|(?:il vous reste|lire la suite).{0,40}(?:% de cet article|abonn)|abonnez-vous pour|pour lire la suite|déjà abonné|article (?:est )?réservé|"
    r"(?:suscríbete|suscribirse|regístrate|hazte (?:socio|suscriptor)) (?:para|y)|(?:contenido|artículo) (?:exclusivo|solo) para (?:suscriptores|socios)|ya (?:eres|es) suscriptor|para seguir leyendo|"
    r"abbonati per|(?:contenuto|articolo) (?:riservato|esclusivo)|sei già abbonato|per continuare a leggere|assine para|exclusivo para assinantes|já é assinante|continue lendo|"
    r"(?:alleen|exclusief) voor abonnees|word abonnee|lees verder met|al abonnee|verder lezen\?|(?:köp|bli|teckna) (?:en )?prenum|för prenumeranter|for abonnenter|bliv abonnent|bli abonnent|kun for abonnenter|"
    r"tilaa ja lue|vain tilaajille|dla subskrybentów|wykup (?:dostęp|subskrypcję)|pro předplatitele|odemkněte|dostupan samo pretplatnicima|только (?:для|по) подписч?|оформите подписку|abonelere özel|仅限订阅|有料会員|続きを読むには|구독자 전용"
)
_NOT_FREE = re.compile(
    rb"isAccessibleForFree[\"']?\s*:\s*[\"']?false|itemprop=[\"']?isAccessibleForFree[\"']?\s+content=[\"']?false"
    rb"|content_tier[\"']\s+content=[\"'](?:locked|metered|subscriber|premium)|article:content_tier[\"']\s+content=[\"']locked",
    re.IGNORECASE,
)

# --- Borders -------------------------------------------------------------------
_REGION = re.compile(
    r"(?:not|un|isn't|is not|currently un) ?(?:available|accessible|permitted) (?:in|to|for|from|within) (?:your|the|this|visitors|users|readers|most|all)? ?"
    r"(?:current )?(?:country|region|location|territory|area|eu\b|european|europe|eea|uk\b|united kingdom|countries|visitors|readers|users)|"
    r"(?:country|region|location)[^.]{0,30} (?:is )?(?:not supported|blocked|restricted)|blocked in your (?:country|region)|(?:eu|european|eea) (?:visitors|users|readers|countries)|"
    r"due to (?:the )?(?:gdpr|general data protection|european (?:union )?(?:data|law|regulation)|legal reasons)|in (?:ihrem|deinem) (?:land|region) nicht|nicht in ihrem land|"
    r"pas disponible dans votre (?:pays|région)|no (?:está )?disponible en (?:tu|su) (?:país|región)|non (?:è )?disponibile nel tuo paese|недоступ\w+ в (?:вашей|вашем) (?:стране|регионе)"
)


def _heads(page: Impression) -> tuple[str, ...]:
    return tuple(
        one.lower().replace("’", "'") for one in (*page.title_parts, *page.headings)
    )


def _headed(pattern: re.Pattern[str], page: Impression) -> bool:
    return any(pattern.search(one) for one in _heads(page))


def _said(pattern: re.Pattern[str], page: Impression, *, times: int = 1) -> bool:
    return len({match.group(0) for match in pattern.finditer(page.words)}) >= times


def _led_to(pattern: re.Pattern[str], page: Impression) -> bool:
    """Say whether visitors are sent to such an address who asked for another one."""
    sent = (page.landed if page.led else "", page.head.refresh)
    return any(one and pattern.search(one) for one in sent) and not pattern.search(
        page.asked
    )


def _led_to_sign_in(page: Impression) -> bool:
    for sent in (page.landed if page.led else "", page.head.refresh):
        path, host = addresses.parts(sent).path, addresses.host(sent)
        elsewhere = host != addresses.host(page.asked) and _SIGN_IN_HOST.search(host)
        if sent and (_SIGN_IN_ADDRESS.search(path) or elsewhere):
            return not _SIGN_IN_ADDRESS.search(addresses.parts(page.asked).path)
    return False


_NOTHING_ELSE = (
    Sign(20, lambda c: c.page.is_short, _("it is very short")),
    Sign(15, lambda c: c.vanished, _("nothing that was kept of the page is on it")),
    Sign(10, lambda c: c.page.has_little_text, _("it has no running text")),
)

CHALLENGE = (
    Sign(100, lambda c: makers.in_headers(c.page.headers), _("its headers say so")),
    Sign(
        100,
        lambda c: _led_to(_CHALLENGE_ADDRESS, c.page),
        _("visitors are sent to a riddle"),
    ),
    Sign(
        80, lambda c: makers.on_page(c.page.body), _("its markup is that of a riddle")
    ),
    Sign(60, lambda c: _headed(_CHALLENGE_HEADING, c.page), _("its heading says so")),
    Sign(45, lambda c: _said(_CHALLENGE_WORDS, c.page), _("it says so")),
    Sign(
        25,
        lambda c: makers.asks_riddle(c.page.body),
        _("it carries a riddle for people"),
    ),
    Sign(
        30, lambda c: c.page.status in _SHUT, _("its status is that of a closed door")
    ),
    *_NOTHING_ELSE,
    *ALIVE,
)

CONSENT = (
    Sign(
        115,
        lambda c: _led_to(_CONSENT_ADDRESS, c.page),
        _("visitors are sent to a page for consent"),
    ),
    Sign(60, lambda c: _headed(_CONSENT_HEADING, c.page), _("its heading says so")),
    Sign(
        30, lambda c: _said(_CONSENT_WORDS, c.page, times=2), _("it asks for consent")
    ),
    Sign(
        15,
        lambda c: _said(_CONSENT_WORDS, c.page, times=4),
        _("it asks for consent at length"),
    ),
    *_NOTHING_ELSE,
    *ALIVE,
)

SIGN_IN = (
    Sign(
        120,
        lambda c: _led_to_sign_in(c.page),
        _("visitors are sent to the page for signing in"),
    ),
    Sign(55, lambda c: _headed(_SIGN_IN_HEADING, c.page), _("its heading says so")),
    Sign(45, lambda c: _said(_SIGN_IN_WORDS, c.page), _("it says so")),
    Sign(35, lambda c: c.page.head.password, _("it asks for a password")),
    *_NOTHING_ELSE,
    *ALIVE,
)

PAYWALL = (
    Sign(
        60,
        lambda c: _NOT_FREE.search(c.page.body) is not None,
        _("the page says that it is not free"),
    ),
    Sign(60, lambda c: _said(_SUBSCRIBE, c.page), _("it asks readers to subscribe")),
    Sign(
        30,
        lambda c: c.page.head.wall_parts,
        _("its markup calls a part of it a paywall"),
    ),
    Sign(15, lambda c: c.page.prose < 1_200, _("its text is short")),
    Sign(
        25,
        lambda c: c.words_missing,
        _("the words that are watched are not in what it shows"),
    ),
    Sign(-60, lambda c: c.page.prose >= 2_500),
)

REGION = (
    Sign(60, lambda c: _headed(_REGION, c.page), _("its heading says so")),
    Sign(70, lambda c: _said(_REGION, c.page), _("it says so")),
    Sign(40, lambda c: c.page.status == 451, _("its status says so")),
    *_NOTHING_ELSE,
    *ALIVE,
)
