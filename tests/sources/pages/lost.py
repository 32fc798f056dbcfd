"""Pages that are answered with 200 and are not there, in many manners and languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.sources.pages.dressing import DRESSES, HELD_OUT, Content, Dress
from tests.sources.pages.site import Shown

SLUG = "/politics/2025/05/harbour-tunnel-will-cost-twice-as-much"

# Language, title, heading, what is said, what is advised
NOTICES = (
    (
        "en",
        "Page not found",
        "Page not found",
        "Sorry, the page you are looking for could not be found.",
        "Go back to the home page or try the search.",
    ),
    (
        "en",
        "404 Not Found",
        "404",
        "The requested URL was not found on this server.",
        "",
    ),
    (
        "en",
        "Error 404",
        "Oops!",
        "We can't seem to find the page you're looking for.",
        "Here are some helpful links instead.",
    ),
    (
        "en",
        "Article unavailable",
        "This article is no longer available",
        "The article you requested has been removed or has expired.",
        "Browse our latest stories.",
    ),
    (
        "en",
        "Nothing found",
        "Oops! That page can't be found.",
        "It looks like nothing was found at this location. Maybe try one of the links below or a search?",
        "",
    ),
    (
        "en",
        "We've lost this page",
        "We've lost this page",
        "You may have followed a broken link, or the page may have moved.",
        "Check the address for typing errors.",
    ),
    (
        "en",
        "Not found",
        "There is nothing here",
        "The story does not exist, or it was taken down by its author.",
        "Return to the front page",
    ),
    (
        "de",
        "Seite nicht gefunden",
        "Seite nicht gefunden",
        "Die angeforderte Seite konnte leider nicht gefunden werden.",
        "Zurück zur Startseite",
    ),
    (
        "de",
        "Fehler 404",
        "Hoppla!",
        "Diese Seite existiert nicht mehr oder wurde verschoben.",
        "Bitte überprüfen Sie die Adresse oder nutzen Sie die Suchfunktion.",
    ),
    (
        "fr",
        "Page introuvable",
        "Page introuvable",
        "La page que vous cherchez n'existe pas ou a été déplacée.",
        "Retour à la page d'accueil",
    ),
    (
        "fr",
        "Erreur 404",
        "Oups, cette page n'existe plus",
        "Nous sommes désolés, l'article demandé n'est plus disponible.",
        "",
    ),
    (
        "es",
        "Página no encontrada",
        "Página no encontrada",
        "Lo sentimos, la página que buscas no existe o ha sido eliminada.",
        "Volver a la página de inicio",
    ),
    (
        "pt",
        "Página não encontrada",
        "Página não encontrada",
        "A página que você procura não existe ou foi removida.",
        "Voltar para a página inicial",
    ),
    (
        "it",
        "Pagina non trovata",
        "Pagina non trovata",
        "La pagina che stai cercando non esiste più.",
        "Torna alla home",
    ),
    (
        "nl",
        "Pagina niet gevonden",
        "Pagina niet gevonden",
        "De pagina die u zoekt bestaat niet meer.",
        "Naar de homepage",
    ),
    (
        "sv",
        "Sidan hittades inte",
        "Sidan kunde inte hittas",
        "Sidan du letar efter finns inte längre.",
        "Till startsidan",
    ),
    (
        "da",
        "Siden blev ikke fundet",
        "Siden findes ikke",
        "Vi kan desværre ikke finde siden, du leder efter.",
        "Til forsiden",
    ),
    (
        "nb",
        "Siden ble ikke funnet",
        "Fant ikke siden",
        "Beklager, siden du leter etter finnes ikke.",
        "Til forsiden",
    ),
    (
        "fi",
        "Sivua ei löytynyt",
        "Sivua ei löytynyt",
        "Hakemaasi sivua ei löytynyt tai se on poistettu.",
        "Etusivulle",
    ),
    (
        "pl",
        "Nie znaleziono strony",
        "Strona nie została znaleziona",
        "Strona, której szukasz, nie istnieje.",
        "Przejdź do strony głównej",
    ),
    (
        "cs",
        "Stránka nenalezena",
        "Stránka nebyla nalezena",
        "Požadovaná stránka neexistuje.",
        "Zpět na hlavní stránku",
    ),
    (
        "sk",
        "Stránka sa nenašla",
        "Stránka sa nenašla",
        "Hľadaná stránka neexistuje alebo bola odstránená.",
        "",
    ),
    (
        "hu",
        "Az oldal nem található",
        "Az oldal nem található",
        "A keresett oldal nem létezik.",
        "Vissza a főoldalra",
    ),
    (
        "ro",
        "Pagina nu a fost găsită",
        "Pagina nu a fost găsită",
        "Pagina căutată nu există sau a fost mutată.",
        "Mergi la pagina principală",
    ),
    (
        "ru",
        "Страница не найдена",
        "Страница не найдена",
        "К сожалению, запрашиваемая страница не существует.",
        "Перейти на главную",
    ),
    (
        "uk",
        "Сторінку не знайдено",
        "Сторінку не знайдено",
        "На жаль, такої сторінки не існує.",
        "Повернутися на головну",
    ),
    (
        "bg",
        "Страницата не е намерена",
        "Страницата не е намерена",
        "Търсената страница не съществува.",
        "Към начална страница",
    ),
    (
        "hr",
        "Stranica nije pronađena",
        "Stranica nije pronađena",
        "Tražena stranica ne postoji.",
        "Povratak na naslovnicu",
    ),
    (
        "sl",
        "Stran ni bila najdena",
        "Strani ni mogoče najti",
        "Iskana stran ne obstaja.",
        "",
    ),
    (
        "el",
        "Η σελίδα δεν βρέθηκε",
        "Η σελίδα δεν βρέθηκε",
        "Η σελίδα που αναζητάτε δεν υπάρχει.",
        "Αρχική σελίδα",
    ),
    (
        "tr",
        "Sayfa bulunamadı",
        "Sayfa bulunamadı",
        "Aradığınız sayfa bulunamadı veya kaldırıldı.",
        "Ana sayfaya dön",
    ),
    (
        "ar",
        "الصفحة غير موجودة",
        "الصفحة غير موجودة",
        "عذراً، الصفحة التي تبحث عنها غير موجودة.",
        "العودة إلى الصفحة الرئيسية",
    ),
    (
        "fa",
        "صفحه یافت نشد",
        "صفحه یافت نشد",
        "متأسفانه صفحه مورد نظر شما پیدا نشد.",
        "صفحه اصلی",
    ),
    (
        "he",
        "הדף לא נמצא",
        "הדף לא נמצא",
        "מצטערים, הדף שחיפשת לא קיים.",
        "חזרה לדף הבית",
    ),
    ("hi", "पृष्ठ नहीं मिला", "पृष्ठ नहीं मिला", "क्षमा करें, यह पृष्ठ मौजूद नहीं है।", ""),
    (
        "id",
        "Halaman tidak ditemukan",
        "Halaman tidak ditemukan",
        "Maaf, halaman yang Anda cari tidak ditemukan.",
        "Kembali ke beranda",
    ),
    (
        "vi",
        "Không tìm thấy trang",
        "Không tìm thấy trang",
        "Rất tiếc, trang bạn tìm không tồn tại.",
        "Về trang chủ",
    ),
    ("th", "ไม่พบหน้าที่คุณต้องการ", "ไม่พบหน้าเว็บ", "ขออภัย ไม่พบหน้าที่คุณต้องการ", "กลับหน้าแรก"),
    (
        "zh",
        "页面不存在",
        "页面不存在",
        "抱歉，您访问的页面不存在或已删除。",
        "返回首页",
    ),
    ("zh-TW", "找不到頁面", "找不到頁面", "很抱歉，您要找的網頁不存在。", "回首頁"),
    (
        "ja",
        "ページが見つかりません",
        "ページが見つかりません",
        "お探しのページは移動または削除された可能性があります。",
        "トップページへ戻る",
    ),
    (
        "ko",
        "페이지를 찾을 수 없습니다",
        "페이지를 찾을 수 없습니다",
        "요청하신 페이지가 존재하지 않습니다.",
        "홈으로",
    ),
)
# Not looked at while the signs were weighed.
NOTICES_HELD_OUT = (
    (
        "en",
        "Page does not exist",
        "Hmm, that didn't work",
        "The link you followed may be broken, or the page may have been removed.",
        "Start again from the homepage.",
    ),
    (
        "en",
        "File or directory not found",
        "Server Error",
        "404 - File or directory not found. The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
        "",
    ),
    (
        "en",
        "Content unavailable",
        "This content isn't available right now",
        "We couldn't find what you were looking for.",
        "",
    ),
    (
        "en",
        "Whoops",
        "Looks like you're lost",
        "This page doesn't exist. It may never have existed.",
        "Take me home",
    ),
    (
        "en",
        "Story removed",
        "This story has been removed",
        "Our records show no such article.",
        "",
    ),
    (
        "de",
        "Artikel nicht verfügbar",
        "Dieser Artikel ist nicht mehr verfügbar",
        "Der gesuchte Beitrag wurde gelöscht.",
        "Zur Startseite",
    ),
    (
        "fr",
        "Article supprimé",
        "Cet article n'existe plus",
        "Le contenu demandé a été supprimé ou déplacé.",
        "Accueil",
    ),
    (
        "es",
        "Error 404",
        "¡Ups! No encontramos esta página",
        "El enlace que seguiste puede estar roto.",
        "Ir al inicio",
    ),
    (
        "it",
        "Errore 404",
        "Ops! Contenuto non disponibile",
        "L'articolo richiesto non è stato trovato.",
        "",
    ),
    (
        "ru",
        "Ошибка 404",
        "Такой страницы нет",
        "Возможно, материал был удалён.",
        "На главную",
    ),
    (
        "pl",
        "Błąd 404",
        "Ups, nie ma takiej strony",
        "Nie znaleziono szukanej strony.",
        "",
    ),
    ("ar", "خطأ 404", "لم يتم العثور على الصفحة", "ربما تم حذف المقال.", "الرئيسية"),
    ("zh", "404", "您访问的页面找不到了", "文章已被删除。", "首页"),
    (
        "ja",
        "404 Not Found",
        "お探しの記事は存在しません",
        "掲載期間が終了した記事です。",
        "ホーム",
    ),
)


def told(notice: tuple[str, str, str, str, str], **changes: str) -> Content:
    lang, title, heading, said, advised = notice
    advice = f"<p><a href='/'>{advised}</a></p>" if advised else ""
    return replace(
        Content(title=title, heading=heading, body=f"<p>{said}</p>{advice}", lang=lang),
        **changes,
    )


def _manners(
    notice: tuple[str, str, str, str, str], dress: Dress
) -> Iterator[tuple[str, Shown]]:
    """One notice in every manner of not saying 404."""
    whole = told(notice)
    plain = replace(whole, title=whole.site)
    yield "said everywhere", Shown(dress(whole))
    yield "said by its heading only", Shown(dress(plain))
    yield "said in its text only", Shown(dress(replace(plain, heading=whole.site)))
    yield (
        "said by its title only",
        Shown(dress(replace(whole, heading=whole.site, body="<img src=/lost.svg>"))),
    )
    marked = replace(
        whole,
        head="<meta name=robots content=noindex>",
        body_class="error404 no-sidebar",
    )
    yield "marked", Shown(dress(marked))
    echoed = whole.body + f"<p>Requested: <code>{SLUG}</code></p>"
    yield (
        "with the address echoed",
        Shown(dress(replace(plain, body=echoed)), echoes=SLUG),
    )


def _by_way(dress: Dress) -> Iterator[tuple[str, Shown]]:
    """Pages that are lost by where visitors end up."""
    front = dress(
        Content(
            title="The Sorn Courier",
            heading="Today",
            body="<p>Read what happened on the river today.</p>",
        )
    )
    section = dress(
        Content(
            title="Politics",
            heading="Politics",
            body="<ul><li><a href=/politics/1>Tram vote</a></li></ul>",
        )
    )
    error = dress(
        Content(
            title="The Sorn Courier", heading="Sorry", body="<p>Something is amiss.</p>"
        )
    )
    yield "led to the front page", Shown(front, landed="/")
    yield "led to the front page of the language", Shown(front, landed="/en/")
    yield "led to the section", Shown(section, landed="/politics/")
    yield "led to an error page", Shown(error, landed="/404.html")
    yield "led to an error address", Shown(error, landed="/error/not-found")
    yield (
        "led to an error by its question",
        Shown(error, landed=f"/oops.aspx?aspxerrorpath={SLUG}"),
    )
    yield "the front page in its place", Shown(front)
    yield (
        "refreshed to the front page",
        Shown(
            "<html><head><meta http-equiv=refresh content='0; url=/'></head><body>One moment.</body></html>"
        ),
    )
    yield (
        "sent to the front page by a script",
        Shown("<html><body><script>window.location.href='/';</script></body></html>"),
    )
    yield (
        "canonical of the front page",
        Shown(
            dress(
                Content(
                    title="The Sorn Courier",
                    heading="Today",
                    body="",
                    head="<link rel=canonical href='/'>",
                )
            )
        ),
    )
    silent = Content(
        title="The Sorn Courier",
        heading="The Sorn Courier",
        body="<p>Our editors recommend what follows.</p>",
    )
    yield "nothing said at all", Shown(dress(silent))
    yield (
        "a status for machines",
        Shown(
            dress(
                replace(
                    silent, head="<meta name='prerender-status-code' content='404'>"
                )
            )
        ),
    )


def lost_pages(*, held_out: bool) -> Iterator[tuple[str, Shown]]:
    """Every manner; those held out are in other words or in other dress."""
    notices = NOTICES_HELD_OUT if held_out else NOTICES
    dresses = HELD_OUT if held_out else DRESSES
    for number, notice in enumerate(notices):
        for name, dress in dresses.items():
            for manner, shown in _manners(notice, dress):
                yield f"{notice[0]} {number} {name}, {manner}", shown
    for name, dress in dresses.items():
        for manner, shown in _by_way(dress):
            yield f"{name}, {manner}", shown
