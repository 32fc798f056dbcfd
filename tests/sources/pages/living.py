"""Pages that are there: of every kind, and some that talk about pages that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.sources.pages.dressing import DRESSES, HELD_OUT, TEASERS, Content, Dress
from tests.sources.pages.site import Shown

_SENTENCES = {
    "en": (
        "The tunnel under the harbour will cost twice as much as planned, the city said on Monday.",
        "The auditors had warned of this in a report that was kept under lock for a year.",
        "“Nobody could have known how soft the ground is,” said the mayor, Ines Kovač.",
        "The opposition asks for a public hearing before another contract is signed.",
        "Work on the eastern ramp goes on, while the western one waits for a new tender.",
        "A decision is expected in autumn, after the geologists have handed in their findings.",
    ),
    "de": (
        "Der Tunnel unter dem Hafen wird doppelt so teuer wie geplant, teilte die Stadt am Montag mit.",
        "Die Prüfer hatten davor in einem Bericht gewarnt, der ein Jahr lang unter Verschluss blieb.",
        "„Niemand konnte ahnen, wie weich der Boden ist“, sagte die Bürgermeisterin Ines Kovač.",
        "Die Opposition verlangt eine öffentliche Anhörung, bevor weitere Verträge unterschrieben werden.",
    ),
    "fr": (
        "Le tunnel sous le port coûtera deux fois plus cher que prévu, a annoncé la ville lundi.",
        "Les contrôleurs avaient mis en garde dans un rapport resté un an sous clé.",
        "« Personne ne pouvait savoir à quel point le sol est meuble », a dit la maire, Ines Kovač.",
        "L'opposition demande une audition publique avant la signature d'un autre contrat.",
    ),
    "es": (
        "El túnel bajo el puerto costará el doble de lo previsto, informó el lunes el ayuntamiento.",
        "Los auditores lo habían advertido en un informe que estuvo un año bajo llave.",
        "«Nadie podía saber lo blando que es el suelo», dijo la alcaldesa, Ines Kovač.",
        "La oposición pide una audiencia pública antes de que se firme otro contrato.",
    ),
    "ru": (
        "Тоннель под гаванью обойдётся вдвое дороже, чем планировалось, сообщили в понедельник в мэрии.",
        "Аудиторы предупреждали об этом в докладе, который год пролежал под замком.",
        "«Никто не мог знать, насколько мягок грунт», — сказала мэр Инес Ковач.",
        "Оппозиция требует открытых слушаний до подписания следующего договора.",
    ),
    "tr": (
        "Belediye pazartesi günü limanın altındaki tünelin planlanandan iki kat pahalıya çıkacağını duyurdu.",
        "Denetçiler bir yıl boyunca kilit altında tutulan bir raporda bu konuda uyarmıştı.",
        "Belediye başkanı Ines Kovač, zeminin ne kadar yumuşak olduğunu kimsenin bilemeyeceğini söyledi.",
        "Muhalefet yeni bir sözleşme imzalanmadan önce açık bir oturum istiyor.",
    ),
    "ar": (
        "قالت البلدية يوم الاثنين إن النفق تحت الميناء سيكلف ضعف ما كان مخططاً له.",
        "وكان المدققون قد حذروا من ذلك في تقرير ظل سنة كاملة تحت القفل.",
        "وقالت رئيسة البلدية إن أحداً لم يكن يعرف مدى ليونة الأرض هناك.",
        "وتطالب المعارضة بجلسة استماع علنية قبل توقيع أي عقد آخر.",
    ),
    "ja": (
        "市は月曜日、港の下を通るトンネルの費用が計画の二倍になると発表した。",
        "監査人は一年間公開されなかった報告書の中でこのことを警告していた。",
        "市長は、地盤がどれほど柔らかいか誰にも分からなかったと述べた。",
        "野党は次の契約の前に公開の聴聞会を開くよう求めている。",
    ),
    "zh": (
        "市政府星期一表示，港口下面的隧道费用将是原计划的两倍。",
        "审计人员曾在一份被锁了一年的报告中对此提出警告。",
        "市长说，没有人能知道那里的土地有多松软。",
        "反对派要求在签署另一份合同之前举行公开听证会。",
    ),
}
_HEADLINES = {
    "en": "Harbour tunnel will cost twice as much",
    "de": "Hafentunnel wird doppelt so teuer",
    "fr": "Le tunnel du port coûtera le double",
    "es": "El túnel del puerto costará el doble",
    "ru": "Тоннель под гаванью подорожает вдвое",
    "tr": "Liman tüneli iki katına mal olacak",
    "ar": "نفق الميناء سيكلف ضعف المخطط",
    "ja": "港のトンネル、費用は二倍に",
    "zh": "港口隧道费用将翻倍",
}
SLUG = "/politics/2025/05/harbour-tunnel-will-cost-twice-as-much"
NUMBER = "/news/81723"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A page that is there, and how it is come by."""

    asked: str
    shown: Shown
    vanished: bool = False  # nothing of what was kept is on it


def paragraphs(*sentences: str) -> str:
    return "".join(f"<p>{one}</p>" for one in sentences)


def _articles(dress: Dress) -> Iterator[tuple[str, Visit]]:
    for lang, sentences in _SENTENCES.items():
        title = _HEADLINES[lang]
        whole = Content(
            title=title, lang=lang, body=paragraphs(*sentences), article=True
        )
        short = replace(whole, body=paragraphs(*sentences[:1]), article=False)
        for asked in (SLUG, NUMBER):
            yield f"article in {lang}", Visit(asked=asked, shown=Shown(dress(whole)))
            yield (
                f"undescribed article in {lang}",
                Visit(asked=asked, shown=Shown(dress(replace(whole, article=False)))),
            )
            yield f"brief in {lang}", Visit(asked=asked, shown=Shown(dress(short)))
            yield (
                f"redesigned article in {lang}",
                Visit(asked=asked, shown=Shown(dress(whole)), vanished=True),
            )
        yield (
            f"rewritten brief in {lang}",
            Visit(asked=SLUG, shown=Shown(dress(short)), vanished=True),
        )
        for landed in (
            "/politics/harbour-tunnel-twice-the-cost",
            "/2025/05/12/harbour-tunnel-will-cost-twice-as-much.html",
            "/city/harbour/tunnel-cost-twice",
        ):
            yield (
                f"moved article in {lang}",
                Visit(asked=SLUG, shown=Shown(dress(whole), landed=landed)),
            )
        yield (
            f"moved brief in {lang}",
            Visit(
                asked=SLUG,
                shown=Shown(dress(short), landed="/tunnel/harbour-tunnel-will-cost"),
                vanished=lang == "en",
            ),
        )


ABOUT = (
    (
        "Page not found: how the web forgets",
        "/culture/page-not-found-how-the-web-forgets",
        (
            "Every fourth page that was on the web ten years ago is no longer there, a study says.",
            "Visitors read “Sorry, the page you are looking for could not be found” where once a minister's promise stood.",
            "Libraries keep copies, but nobody pays them for it, and the machines grow old.",
        ),
    ),
    (
        "Why sites say 404",
        "/tech/why-sites-say-404",
        (
            "The number 404 stands for pages that are not there, and has been a joke since the nineties.",
            "Servers answer with it where they know nothing better, whether the page moved or never was.",
        ),
    ),
    (
        "404 Not Found",
        "/docs/status/404",
        (
            "The server answers 404 Not Found when it finds nothing under the address that was asked for.",
            "It does not say whether that is so for good; 410 is for pages that were taken down.",
            "Sites may show a page of their own with it. Such a page should carry the status as well.",
            "A page that says “not found” and is sent with 200 is called a soft 404, and search engines drop it.",
        ),
    ),
    (
        "Seite nicht gefunden – das Archiv der Stadt ist weg",
        "/stadt/seite-nicht-gefunden-das-archiv-der-stadt-ist-weg",
        (
            "Wer die Protokolle des Stadtrats sucht, liest seit Montag nur noch: „Seite nicht gefunden“.",
            "Beim Umzug auf einen neuen Server seien 4.000 Dokumente gelöscht worden, sagte ein Sprecher.",
        ),
    ),
    (
        "Document not found, court told",
        NUMBER,
        (
            "The ministry told the court on Friday that the document could not be found in its archive.",
            "The judge gave it two more weeks, and said that files do not walk.",
        ),
    ),
    (
        "Missing walker not found after three days",
        "/news/missing-walker-not-found",
        (
            "The search for a missing walker was called off on Sunday; she was not found.",
        ),
    ),
    (
        "Nothing found in the house, police say",
        NUMBER,
        ("Police searched the house on Quay Street for two days and found nothing.",),
    ),
    (
        "Domain sorn.example is for sale for a million",
        "/business/domain-sorn-for-sale",
        (
            "The domain sorn.example is for sale, and its owner wants a million for it.",
            "She bought it in 1996 for the price of a bicycle, she told this newspaper.",
        ),
    ),
    (
        "Road closed for maintenance",
        "/city/road-closed-for-maintenance",
        (
            "Quay Street is closed for maintenance from Monday; the site will be under repair until June.",
        ),
    ),
    (
        "Are you a robot? How captchas grew up",
        "/tech/are-you-a-robot-how-captchas-grew-up",
        (
            "Verify that you are human, says the box, and people count traffic lights.",
            "A new study finds that machines are better at it by now, and faster.",
        ),
    ),
    (
        "We value your privacy, they say: the cookie banners",
        "/tech/we-value-your-privacy-cookie-banners",
        (
            "Before you continue, accept all: no sentence was read more often last year, and none less liked.",
            "The court in Sorn now says that “reject all” has to stand beside it in the same size.",
        ),
    ),
    (
        "Sign in to vote: town tries elections online",
        "/city/sign-in-to-vote",
        (
            "Those who want to vote from home must sign in with their card, the town clerk said.",
            "Paper stays for all others, and is counted first.",
        ),
    ),
    (
        "Papers put up more paywalls",
        "/media/papers-put-up-more-paywalls",
        (
            "“Subscribe to continue reading”: seven papers of the region now ask for money, two more than last year.",
            "Readers stay away for three months, and then half of them come back, the publishers say.",
            "Only the Courier leaves its archive open.",
        ),
    ),
)


def _about(dress: Dress) -> Iterator[tuple[str, Visit]]:
    for title, asked, sentences in ABOUT:
        for described in (True, False):
            page = Content(title=title, body=paragraphs(*sentences), article=described)
            yield f"«{title}»", Visit(asked=asked, shown=Shown(dress(page)))
            yield (
                f"«{title}», all new",
                Visit(asked=asked, shown=Shown(dress(page)), vanished=True),
            )


def _others(dress: Dress) -> Iterator[tuple[str, Visit]]:
    teasers = "".join(
        f"<div><h3><a href=/n/{i}>{t}</a></h3><p>{w}</p></div>"
        for i, (t, w) in enumerate(TEASERS)
    )
    pictures = "".join(
        f"<figure><img src=/{i}.jpg><figcaption>Picture {i} of 12: the pier</figcaption></figure>"
        for i in range(1, 13)
    )
    posts = "".join(
        f"<div class=post><time>10:{i:02}</time><p>{s}</p></div>"
        for i, s in enumerate(_SENTENCES["en"])
    )
    rows = "".join(
        f"<tr><td>Ward {i}</td><td>{i * 431}</td><td>{i * 3 % 17} %</td></tr>"
        for i in range(1, 20)
    )
    banner = "<div id='onetrust-banner'><p>We value your privacy. We and our 843 partners use cookies.</p><button>Accept all</button><button>Reject all</button></div>"
    login = "<form action=/login><input name=user><input type=password><button>Sign in</button></form>"
    brief = paragraphs(_SENTENCES["en"][0])
    riddle = "<form><textarea></textarea><div class='g-recaptcha'></div><script src='https://www.google.com/recaptcha/api.js'></script></form>"
    watcher = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><script src='https://js.datadome.co/tags.js'></script><script src='/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3'></script>"
    player = "<iframe src=/video/7></iframe><p>This video is no longer available.</p>"
    title = _HEADLINES["en"]
    yield (
        "front page",
        Visit(
            asked="/",
            shown=Shown(
                dress(Content(title="The Sorn Courier", heading="Today", body=teasers))
            ),
        ),
    )
    yield (
        "front page, all new",
        Visit(
            asked="/",
            shown=Shown(
                dress(Content(title="The Sorn Courier", heading="Today", body=teasers))
            ),
            vanished=True,
        ),
    )
    yield (
        "front page in its language",
        Visit(
            asked="/",
            shown=Shown(
                dress(Content(title="The Sorn Courier", heading="Today", body=teasers)),
                landed="/en/",
            ),
        ),
    )
    yield (
        "front page by its file",
        Visit(
            asked="/index.html",
            shown=Shown(
                dress(Content(title="The Sorn Courier", heading="Today", body=teasers)),
                landed="/",
            ),
            vanished=True,
        ),
    )
    yield (
        "section",
        Visit(
            asked="/politics",
            shown=Shown(dress(Content(title="Politics", body=teasers))),
        ),
    )
    yield (
        "section, all new",
        Visit(
            asked="/politics",
            shown=Shown(
                dress(Content(title="Politics", body=teasers)), landed="/politics/"
            ),
            vanished=True,
        ),
    )
    yield (
        "topic",
        Visit(
            asked="/topics/climate-change-reports",
            shown=Shown(dress(Content(title="Climate change reports", body=teasers))),
            vanished=True,
        ),
    )
    yield (
        "gallery",
        Visit(
            asked="/pictures/the-pier-in-winter",
            shown=Shown(dress(Content(title="The pier in winter", body=pictures))),
            vanished=True,
        ),
    )
    yield (
        "gallery by number",
        Visit(
            asked="/gallery/5512",
            shown=Shown(dress(Content(title="The pier in winter", body=pictures))),
        ),
    )
    yield (
        "live blog",
        Visit(
            asked="/live/harbour-tunnel",
            shown=Shown(dress(Content(title="Harbour tunnel: live", body=posts))),
            vanished=True,
        ),
    )
    yield (
        "live blog by number",
        Visit(
            asked="/live/77120",
            shown=Shown(dress(Content(title="The vote, live", body=posts))),
            vanished=True,
        ),
    )
    yield (
        "table",
        Visit(
            asked="/data/turnout-by-ward",
            shown=Shown(
                dress(Content(title="Turnout by ward", body=f"<table>{rows}</table>"))
            ),
            vanished=True,
        ),
    )
    yield (
        "video",
        Visit(
            asked="/watch/opening-of-the-ferry",
            shown=Shown(
                dress(
                    Content(
                        title="Opening of the ferry",
                        body="<video src=/f.mp4></video><p>Length: 2 minutes</p>",
                    )
                )
            ),
        ),
    )
    yield (
        "page with a dead film",
        Visit(
            asked="/watch/opening-of-the-ferry",
            shown=Shown(dress(Content(title="Opening of the ferry", body=player))),
        ),
    )
    yield (
        "page with a dead film by number",
        Visit(
            asked="/watch/7",
            shown=Shown(
                dress(Content(title="Opening of the ferry", body=player + brief))
            ),
        ),
    )
    yield (
        "brief with a banner",
        Visit(
            asked=SLUG, shown=Shown(dress(Content(title=title, body=brief + banner)))
        ),
    )
    yield (
        "brief with a banner by number",
        Visit(
            asked=NUMBER, shown=Shown(dress(Content(title=title, body=banner + brief)))
        ),
    )
    yield (
        "brief with a login",
        Visit(
            asked=NUMBER, shown=Shown(dress(Content(title=title, body=brief + login)))
        ),
    )
    yield (
        "brief with a riddle in its form",
        Visit(
            asked=NUMBER, shown=Shown(dress(Content(title=title, body=brief + riddle)))
        ),
    )
    yield (
        "brief watched by a maker of walls",
        Visit(
            asked=NUMBER,
            shown=Shown(dress(Content(title=title, body=brief, head=watcher))),
        ),
    )
    yield (
        "poem",
        Visit(
            asked="/culture/poem-of-the-week",
            shown=Shown(
                dress(
                    Content(
                        title="Poem of the week",
                        body="<p>The tide<br>came in<br>and found<br>nothing</p>",
                    )
                )
            ),
        ),
    )
    yield (
        "statement",
        Visit(
            asked="/statements/12",
            shown=Shown(
                dress(
                    Content(
                        title="Statement of the ministry",
                        body=paragraphs("The ministry has no comment."),
                    )
                )
            ),
        ),
    )
    yield (
        "entry of a register",
        Visit(
            asked="/register/HRB-4711",
            shown=Shown(
                dress(
                    Content(
                        title="Register entry",
                        body="<dl><dt>Name</dt><dd>Quay Works Ltd</dd><dt>Seat</dt><dd>Sorn</dd></dl>",
                    )
                )
            ),
        ),
    )
    yield (
        "results of a search",
        Visit(
            asked="/search?q=tunnel",
            shown=Shown(
                dress(Content(title="Search results for tunnel", body=teasers))
            ),
        ),
    )
    yield (
        "subscription beside an article",
        Visit(
            asked=SLUG,
            shown=Shown(
                dress(
                    Content(
                        title=title,
                        body=paragraphs(*_SENTENCES["en"])
                        + "<p>Sign up to our newsletter.</p>",
                        article=True,
                    )
                )
            ),
        ),
    )
    yield (
        "kept out of search engines",
        Visit(
            asked=NUMBER,
            shown=Shown(
                dress(
                    Content(
                        title=title,
                        body=brief,
                        head="<meta name=robots content=noindex>",
                    )
                )
            ),
        ),
    )
    yield (
        "careless canonical",
        Visit(
            asked=SLUG,
            shown=Shown(
                dress(
                    Content(
                        title=title, body=brief, head="<link rel=canonical href='/'>"
                    )
                )
            ),
        ),
    )
    yield (
        "careless canonical by number",
        Visit(
            asked=NUMBER,
            shown=Shown(
                dress(
                    Content(
                        title=title,
                        body=paragraphs(*_SENTENCES["en"][:2]),
                        head="<link rel=canonical href='/'>",
                    )
                )
            ),
        ),
    )
    yield (
        "refreshes itself",
        Visit(
            asked=NUMBER,
            shown=Shown(
                dress(
                    Content(
                        title=title,
                        body=brief,
                        head="<meta http-equiv=refresh content=300>",
                    )
                )
            ),
        ),
    )
    yield (
        "has a hidden notice",
        Visit(
            asked=NUMBER,
            shown=Shown(
                dress(
                    Content(
                        title=title,
                        body=brief
                        + "<div class='not-found' hidden>Page not found</div>",
                    )
                )
            ),
        ),
    )
    yield (
        "short address of a front page",
        Visit(
            asked="/x7Gq",
            shown=Shown(
                dress(Content(title="The Sorn Courier", heading="Today", body=teasers)),
                landed="https://other.example/",
            ),
        ),
    )


def living_pages(*, held_out: bool) -> Iterator[tuple[str, Visit]]:
    dresses = HELD_OUT if held_out else DRESSES
    for name, dress in dresses.items():
        for kinds in (_articles, _about, _others):
            for what, visit in kinds(dress):
                yield f"{name}, {what}", visit
