"""The words by which sites say that a page is not there, in many languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MOST = 2_000  # characters of a block that are looked at
_SHARE = 0.65  # of a title or heading, before it says nothing else

# --- English ------------------------------------------------------------------
_DET = r"(?:the|this|that|your|a|any|such|requested|specified|desired|following)"
_NOUN = (
    r"(?:(?:web|blog|news) ?)?(?:page|article|story|post|content|file|document|url|uri|"
    r"resource|item|link|address|entry|video|product|listing|event|profile|"
    r"topic|route|path|news|destination|material|publication|release|report|section|"
    r"category|site|screen|recording|job|advert|ad|directory|folder)s?(?: or (?:file|page|resource|content|directory|folder))?"
)
_WISH = (
    r"(?: (?:that |which )?(?:you(?:'re|'ve)?|u) [^.!?:;\"]{0,60}?| at (?:this|that) (?:url|address|location)"
    r"| requested| here)?"
)
_AUX = (
    r"(?:was|were|is|are|could|can|has|have|had|does|did|do|may|might|must|seems?|appears?|to|be|been|"
    r"either|or|probably|possibly|currently|unfortunately|just|simply|already|since|apparently|"
    r"being|now|have)"
)
_NOT = r"(?:not|no longer|never|cannot|nowhere|(?:ca|could|is|was|has|does|did|do|were|are|have)n't|cant|isnt|doesnt)"
_THERE = (
    r"(?:found|exist(?:s|ed|ing)?|available|here|there|located|accessible|reachable|"
    r"displayed|live|valid|online|in existence|on (?:this|our) (?:server|site|website))"
)
_AWAY = (
    r"(?:removed|deleted|moved|gone|missing|expired|unavailable|taken down|withdrawn|"
    r"unpublished|retired|lost|discontinued|inaccessible|relocated|vanished)"
)
_CANNOT = (
    r"(?:cannot|can't|cant|could not|couldn't|can not|unable to|failed to|not able to|"
    r"(?:are|were|was) unable to|did not|didn't|having trouble)"
)
_ENGLISH = (
    rf"(?:{_DET} )*{_NOUN}{_WISH} (?:{_AUX} )*{_NOT} (?:{_AUX} |any ?more |any longer |longer )*{_THERE}",
    rf"(?:{_DET} )+{_NOUN}{_WISH} (?:{_AUX} )+(?:{_NOT} )?{_AWAY}",
    rf"{_NOUN} (?:is |was |has been |has )?(?:unavailable|missing|deleted|removed|gone|error|expired|moved|broken)",
    rf"requesting (?:{_DET} )*{_NOUN} that(?:'s| is) no longer here",
    (
        rf"(?:we |i )?{_CANNOT} (?:seem to )?(?:be )?(?:find|locate|finding|retrieve|found)(?: {_DET})*"
        rf"(?: {_NOUN}(?: (?:that )?you[^.!?:;\"]{{0,60}})?| what you(?:'re|'ve)?[^.!?:;]{{0,40}}| anything| it)"
    ),
    rf"(?:there (?:is|are|was|'s)|there's|we have)? ?(?:no|no such) {_NOUN} (?:found|here|exists?|available|at|to be found|with|matche[sd])",
    rf"no such {_NOUN}",
    r"(?:not|nothing)(?: (?:was|is|could be|to be))? found(?: here)?",
    r"nothing (?:to see |much )?(?:is )?(?:here|there|lives here)|there(?:'s| is| is really) nothing (?:to see )?here",
    r"(?:dead|broken|bad|faulty|invalid|outdated|incorrect|wrong) (?:link|end|url|address|page|turn)",
    r"\b(?:missing|lost|dead|wrong|unknown) page\b|\bpage (?:lost|missing|error)\b",
    r"(?:you (?:seem|appear|look)|looks like you(?:'re| are)|it looks like you(?:'re| are)|are you) (?:to be )?(?:a bit |a little )?lost\??",
    (
        r"you(?:'ve| have) (?:reached|found|hit|stumbled|landed|come|arrived|followed|clicked) [^.!?:;]{0,30}"
        rf"(?:{_AWAY}|{_NOT} [^.!?]{{0,12}}{_THERE}|dead end|nowhere|broken link|old link|error page|bad link)"
    ),
    r"(?:isn't|is not) (?:the|a) (?:web ?)?page (?:you|that|on)",
    r"that(?:'s| is) an error",
    r"(?:we(?:'ve| have)|we) (?:lost|misplaced|moved|removed|deleted) (?:this|that|the) (?:page|url|article|story)",
    r"(?:410 )gone",
)


def _pairs(nouns: str, verdicts: str, *, apart: int = 60) -> tuple[str, str]:
    """Return both orders of «the page … is not there», within a sentence."""
    between = rf"[^.!?:;\d\"。！？]{{0,{apart}}}?"
    return (
        rf"(?:{nouns}){between}(?:{verdicts})",
        rf"(?:{verdicts}){between}(?:{nouns})",
    )


# --- Other languages: what is missing, and that it is missing ------------------
_ELSEWHERE = (
    # German
    _pairs(
        r"\b(?:web|internet)?seite\b|\bartikel\b|\binhalte?\b|\bbeitrag\b|\bdokument\b|\bdatei\b|\burl\b|\badresse\b|\bmeldung\b|\bressource\b|\blink\b",
        r"nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|auffindbar|erreichbar|aufgerufen|abrufbar|online)|existiert (?:leider )?nicht|nicht existier\w*|gibt es (?:leider |hier )?nicht|gelöscht|entfernt|nicht mehr",
    ),
    (r"nichts gefunden|nicht gefunden|hier gibt es nichts",),
    # French
    _pairs(
        r"\bpage\b|\barticle\b|\bcontenu\b|\bdocument\b|\bfichier\b|\badresse\b|\burl\b|\blien\b|\bressource\b",
        r"introuvable|non trouvée?|pas (?:été |pu être )?(?:trouvée?|disponible|accessible)|n'existe (?:pas|plus)|n'a pas (?:été|pu être) trouvée?|n'est (?:plus|pas) (?:disponible|accessible|en ligne)|supprimée?|inexistante?|n'est plus|été déplacée?|indisponible",
    ),
    (r"rien (?:n'a été )?trouvé|introuvable",),
    # Spanish, Catalan
    _pairs(
        r"\bpáginas?\b|\bpagina\b|\bartículo\b|\bcontenido\b|\bdocumento\b|\barchivo\b|\bnoticia\b|\bdirección\b|\benlace\b|\burl\b|\brecurso\b|\bpàgina\b|\barticle\b",
        r"no (?:se )?(?:ha |ha sido |pudo |puede |fue )?(?:ser )?(?:encontrad[oa]|encontrar|encuentra|hallad[oa]|existe|está disponible|hemos encontrado|disponible|trobad[ao]|s'ha trobat|trobar)|no encontramos|no podemos encontrar|no hemos encontrado|no existe|ha sido (?:eliminad[oa]|borrad[oa]|retirad[oa]|movid[oa])|ya no (?:existe|está|se encuentra)|inexistente|no disponible|no s'ha trobat|no trobada",
    ),
    (r"no encontrad[oa]|nada (?:por|que ver) aquí|no se encontró nada",),
    # Portuguese
    _pairs(
        r"\bpágina\b|\bartigo\b|\bconteúdo\b|\bdocumento\b|\barquivo\b|\bnotícia\b|\bendereço\b|\blink\b|\bmatéria\b|\bficheiro\b|\burl\b",
        r"não (?:foi |pôde ser |pode ser )?(?:encontrad[oa]|localizad[oa]|existe|está (?:mais )?disponível|disponível)|não (?:conseguimos )?encontr\w+|não existe(?: mais)?|(?:foi|ter sido) (?:removid[oa]|apagad[oa]|excluíd[oa]|movid[oa]|eliminad[oa])|inexistente|indisponível",
    ),
    (r"nada encontrado|não encontrad[oa]",),
    # Italian
    _pairs(
        r"\bpagina\b|\barticolo\b|\bcontenuto\b|\bdocumento\b|\bfile\b|\bindirizzo\b|\blink\b|\brisorsa\b|\bnotizia\b|\burl\b",
        r"non (?:è )?(?:stat[oa] |più )?(?:trovat[oa]|disponibile|esist\w+|presente|raggiungibile)|non (?:riusciamo|è stato possibile)[^.!?]{0,10} trovare|non esiste(?: più)?|(?:è|essere) stat[oa] (?:rimoss[oa]|eliminat[oa]|spostat[oa]|cancellat[oa])|inesistente",
    ),
    (r"non trovat[oa]|nessun risultato trovato",),
    # Dutch, Afrikaans
    _pairs(
        r"\b(?:web)?pagina\b|\bartikel\b|\bdocument\b|\bbestand\b|\bbericht\b|\binhoud\b|\blink\b|\badres\b|\burl\b|\bbladsy\b",
        r"niet (?:meer )?(?:gevonden|beschikbaar|bestaat|vinden|gevonden worden|online)|bestaat (?:helaas )?niet(?: meer)?|verwijderd|verplaatst|kunnen (?:we |wij )?[^.!?]{0,20}niet vinden|nie gevind",
    ),
    (r"niet gevonden|niets gevonden",),
    # Swedish, Danish, Norwegian, Icelandic
    _pairs(
        r"\b(?:webb|hjemme|nett|web)?sid(?:an|en|a)?\b|\b(?:webb|hjemme|nett|web)?side[nr]?\b|\bartikel(?:n|en)?\b|\bartikkelen?\b|\binnehållet\b|\bindhold(?:et)?\b|\binnhold(?:et)?\b|\bdokument(?:et)?\b|\bsíðan\b|\bfilen\b",
        r"(?:kunde|kunne|kan|blev|ble|går|gick|finns|findes|finnes|er|eksisterer|existerar)? ?(?:inte|ikke|ej) (?:längre |længere |lenger )?(?:att )?(?:hittas|hitta|hittades|finns|findes|fundet|funnet|finnes|finne|finde|eksisterer|existerar|tilgængelig|tilgjengelig|tillgänglig|kvar)|(?:finns|findes|finnes|eksisterer|existerar) (?:inte|ikke|ej)|(?:hittar|fandt|fant|finder|finner|hittade) (?:vi )?(?:inte|ikke)|borttagen|slettet|fjernet|tagits bort|flyttats|fannst ekki|er ekki til",
    ),
    (r"hittades inte|hittades ej|ikke fundet|ikke funnet|inte hittad",),
    # Finnish, Estonian
    _pairs(
        r"\bsivu(?:a|n|sto\w*)?\b|\bartikkeli\w*\b|\bsisältö\w*\b|\blehek?ül\w*\b|\blehte?\b|\bleht\b|\bartikl\w+\b",
        r"ei (?:valitettavasti )?(?:löyt\w+|ole (?:enää )?(?:olemassa|saatavilla)|leitud|leia|eksisteeri|ole olemas|leidnud)|on poistettu|poistettu|eemaldatud",
    ),
    # Polish
    _pairs(
        r"\bstron[ayęy]\b|\bartykuł\w*\b|\btreś[ćc]\w*\b|\bdokument\w*\b|\bplik\w*\b|\badres\w*\b|\bzasób\b",
        r"nie (?:została? |mogła? (?:zostać |być )?|można )?(?:znalezion[aoy]|odnalezion[aoy]|znaleźć|istnieje|ma|znaleziono|odnaleziono|jest (?:już )?dostępn\w+|znaleźliśmy)|nie znaleziono|(?:została?) (?:usunięt\w+|przeniesion\w+)",
    ),
    # Czech, Slovak
    _pairs(
        r"\bstránk[auy]\b|\bčlán[eo]k\b|\bobsah\b|\bdokument\b|\bsoubor\b|\bsúbor\b|\badres[auy]\b",
        r"ne(?:byla?|bol[ao]?) (?:nalezen|nájden)\w*|ne(?:existuje|ní k dispozici|ní dostupn\w+|lze nalézt|našli|podařilo)|nenalezen\w*|nenájden\w*|neexistuje|nenašl\w+|byla? (?:odstraněn\w*|smazán\w*|přesunut\w*)|sa nenašla|sa nenašiel",
        apart=40,
    ),
    # Hungarian
    _pairs(
        r"\b(?:web)?old(?:al|alt|ala)\b|\bcikk\w*\b|\btartal\w+\b|\bdokumentum\w*\b|\bfájl\b",
        r"nem (?:található|létezik|találjuk|találtuk|elérhető|talál\w+)|(?:már )?nem (?:él|érhető el)|törölt\w*|törölve",
    ),
    # Romanian
    _pairs(
        r"\bpagin[aă]\b|\barticol\w*\b|\bconținut\w*\b|\bdocument\w*\b|\badres[aă]\b",
        r"nu (?:a (?:fost|putut fi) )?(?:găsit[ăe]?|gasit[ae]?|există|exista|mai (?:există|este disponibil\w*)|este disponibil\w*|poate fi găsit\w*)|(?:a fost) (?:ștears\w*|mutat\w*|eliminat\w*)|inexistent[ăa]",
    ),
    # Russian, Ukrainian, Bulgarian, Serbian, Macedonian, Belarusian
    _pairs(
        r"\bстраниц\w+\b|\bстраница(?:та)?\b|\bсторінк\w+\b|\bматериал\w*\b|\bматеріал\w*\b|\bстать[яюи]\b|\bстат(?:тя|тю|ия(?:та)?)\b|\bдокумент\w*\b|\bфайл\w*\b|\bновост[ьи]\b|\bстарон\w+\b|\bстраниц[аеу]\b|\bадрес\w*\b",
        r"не (?:был[ао]? |може да бъде |удалось |е |знайден\w+|було )?(?:найден\w*|найти|существует|знайден\w*|існує|намерен\w*|съществува|пронађен\w*|постоји|доступн\w+|знойдзен\w*|найдена|открита?|е налична|е намерена|вдалося знайти)|нет такой|такой \w+ (?:не существует|нет)|больше не|(?:был[аи]? )?удален\w*|удалён\w*|видален\w*|премахнат\w*|не на[йи]дена|не може да бъде намерена",
    ),
    (r"ничего не найдено|не найдено|нічого не знайдено|нищо не е намерено",),
    # Croatian, Bosnian, Serbian in Latin letters, Slovene
    _pairs(
        r"\bstranic[aeu]\b|\bstran(?:i|ica)?\b|\bčlan[ao]k\b|\bsadržaj\b|\bvsebin[aeo]\b|\bdokument\b|\bclanak\b",
        r"nije (?:pronađen\w*|moguće pronaći|dostupn\w*|nađen\w*|pronadjen\w*)|ne postoji|(?:je )?(?:uklonjen\w*|obrisan\w*|premješten\w*)|ni (?:bila? |bilo )?(?:mogoče najti|najden\w*|na voljo|dosegljiv\w*)|ne obstaja|ne moremo najti",
    ),
    # Greek
    _pairs(
        r"σελίδα|άρθρο|περιεχόμενο|έγγραφο|αρχείο|διεύθυνση",
        r"δε[νσ]? (?:βρέθηκε|υπάρχει|είναι (?:πλέον )?διαθέσιμ\w+|μπορέσαμε|εντοπίστηκε|μπορεί να βρεθεί)|έχει (?:αφαιρεθεί|διαγραφεί|μετακινηθεί)",
    ),
    # Turkish, Azeri
    _pairs(
        r"\b(?:web )?sayfa\w*\b|\bmakale\w*\b|\biçeri[kğ]\w*\b|\bhaber\w*\b|\bbelge\b|\bdosya\b|\bsəhifə\b",
        r"bulunama\w+|bulunmamakta\w*|mevcut değil\w*|bulamadık|yok\b|kaldırıl\w+|silin\w+|tapılmadı|mövcud deyil",
    ),
    # Albanian, Lithuanian, Latvian
    _pairs(
        r"\bfaqja\b|\bartikulli\b|\bpuslap\w+\b|\bstraipsn\w+\b|\blap[au]\b|\blapas\b|\braksts\b|\bsaturs\b|\bturin\w+\b",
        r"nuk (?:u gjet|ekziston|gjendet)|nerast\w*|neegzistuoja|nav (?:atrast\w*|pieejam\w*)|neeksistē|nepastāv|netika atrast\w*|nebuvo rast\w*|nėra",
    ),
    # Arabic
    _pairs(
        r"الصفحة|صفحة|المقالة?|المحتوى|الرابط|الملف|المادة|الخبر",
        r"غير موجودة?|غير متوفرة?|غير متاحة?|لم (?:يتم |نتمكن من )?(?:العثور|نعثر|إيجاد|نجد)|لا (?:توجد|يوجد)|ليست موجودة|تم (?:حذف|نقل|إزالة)|لا يمكن العثور|تعذر العثور|محذوفة?",
    ),
    # Persian, Urdu
    _pairs(
        r"صفحه|مطلب|مقاله|محتوا|صفحہ|مضمون|خبر",
        r"یافت نشد|پیدا نشد|وجود ندارد|موجود نیست|در دسترس نیست|حذف شده|نہیں ملا|موجود نہیں|دستیاب نہیں",
    ),
    # Hebrew
    _pairs(
        r"ה?דף|ה?עמוד|ה?כתבה|ה?תוכן|ה?מאמר",
        r"לא נמצא\w?|לא קיי?מ\w?|אינו קיים|אינה קיימת|לא קיים|אינו זמין|הוסר\w?|לא מצאנו",
    ),
    # Hindi, Bengali, Nepali, Tamil
    _pairs(
        r"पृष्ठ|पेज|लेख|सामग्री|পাতা|পৃষ্ঠা|পেজ|নিবন্ধ|பக்கம்",
        r"नहीं मिला|नहीं मिल|मौजूद नहीं|उपलब्ध नहीं|फेला परेन|भेटिएन|পাওয়া যায়নি|পাওয়া যায়নি|খুঁজে পাওয়া|বিদ্যমান নেই|காணப்படவில்லை|கிடைக்கவில்லை",
    ),
    # Indonesian, Malay, Filipino, Swahili
    _pairs(
        r"\bhalaman\b|\blaman\b|\bartikel\b|\bkonten\b|\bkandungan\b|\bberita\b|\bpahina\b|\bukurasa\b|\btautan\b",
        r"(?:tidak|tak) (?:dapat |bisa |lagi )?(?:ditemukan|dijumpai|ditemui|tersedia|ada|wujud|kami temukan)|telah (?:dihapus|dipindahkan|dipadam)|hindi (?:nahanap|matagpuan|mahanap)|hau?(?:ku|ja)?patikan\w*|haipo|haupo",
    ),
    # Vietnamese
    _pairs(
        r"\btrang\b|\bbài viết\b|\bnội dung\b|\bđường dẫn\b|\bliên kết\b",
        r"không (?:tìm thấy|tồn tại|được tìm thấy|có sẵn|còn tồn tại)|đã bị (?:xóa|xoá|gỡ)",
    ),
    # Thai, Lao, Khmer, Burmese
    _pairs(
        r"หน้า(?:เว็บ)?(?:ที่คุณ[^ ]{0,20})?|บทความ|เนื้อหา|เพจ",
        r"ไม่พบ|ไม่มีอยู่|ไม่สามารถค้นหา|ไม่เจอ|ถูกลบ|หาไม่พบ",
    ),
    # Chinese
    _pairs(
        r"页面|頁面|网页|網頁|文章|内容|內容|链接|連結|地址|资源|網址|网址|文件|新闻|新聞",
        r"不存在|未找到|找不到|没有找到|沒有找到|无法找到|無法找到|不見了|不见了|已(?:被)?(?:删除|刪除|移除|下线|下架|移动)|走丢了|走丟了|已失效|无法访问",
        apart=20,
    ),
    # Japanese
    _pairs(
        r"ページ|記事|コンテンツ|ファイル|url|情報",
        r"見つかりません|見つかりませんでした|みつかりません|存在しません|存在しない|(?:移動|削除)(?:された|されました|した)|ございません|公開(?:を|は)?終了",
        apart=30,
    ),
    # Korean
    _pairs(
        r"페이지|기사|콘텐츠|문서|게시물|주소",
        r"찾을 수 없|없습니다|존재하지 않|삭제(?:된|되었|됐)|없는|찾지 못",
        apart=20,
    ),
    # Georgian, Armenian, Kazakh, Irish, Welsh, Basque
    _pairs(
        r"გვერდი|სტატია|էջը?|հոդվածը|\bбет\b|парақша|\bleathanach\b|\btudalen\b|\borri\w*\b",
        r"ვერ მოიძებნა|არ არსებობს|არ მოიძებნა|չի գտնվել|չգտնվեց|գոյություն չունի|табылмады|жоқ|níor aimsíodh|gan aimsiú|heb ei ganfod|ddim ar gael|ez da (?:aurkitu|existitzen)",
    ),
)

_NOTICE = re.compile(
    unicodedata.normalize(
        "NFKC", "|".join((*_ENGLISH, *(one for group in _ELSEWHERE for one in group)))
    )
)
_CODE = re.compile(
    r"(?:\b(?:http|https|status|error|err|code|fehler|erreur|errore?|erro|fout|fel|fejl|feil|virhe|błąd|chyba|hiba|"
    r"eroare|ошибка|помилка|грешка|greška|napaka|σφάλμα|hata|hatası|viga|klaida|kļūda|lỗi|ralat|kesalahan|"
    r"código|codigo|codice)\b|خطأ|خطای|שגיאה|त्रुटि|错误|錯誤|エラー|오류|에러|ข้อผิดพลาด)"
)
_NUMBER = re.compile(r"\b4[01][04]\b|\b404\d{0,2}\b(?!\d)|4️?0️?4️?|\b4 ?[o0] ?4\b")
_FILLER = re.compile(
    r"\b(?:oops|ooops|whoops|uh[- ]?oh|oh no|oh dear|sorry|we're sorry|we are sorry|unfortunately|hmm+|ouch|hey|hello|ups|"
    r"opps|yikes|damn|dang|d'oh|doh|ah|oh|hups|huch|ops|ups|oeps|mince|zut|aïe|désolé|nous sommes désolés|leider|"
    r"lo sentimos|desculpe|lamentamos|spiacenti|siamo spiacenti|helaas|tyvärr|beklager|desværre|valitettavasti|"
    r"przepraszamy|omlouváme se|sajnáljuk|ne pare rău|извините|к сожалению|на жаль|вибачте|съжаляваме|žao nam je|"
    r"λυπούμαστε|üzgünüz|maaf|xin lỗi|we|but|it|looks? like|seems|that|this|it's|like|well|so|hier|la|le|die|der|das|"
    r"el|o|a|il|de|the|an|is|was|on|our|site|server|website|here|any ?more|anymore|there|please|try|again|what|happened|"
    r"be|may|have|been|or|by|has|can|not|found|no|und|oder|et|ou|y|e|és|и|en|of|no longer|exists?|its|right now|at the moment|currently|temporarily|"
    r"diese[rs]?|angeforderte|gewünschte|gesuchte|aufgerufene|werden|wurde|mehr|demandée?|recherchée?|que vous (?:cherchez|recherchez)|"
    r"cette|plus|solicitada|buscada|que (?:buscas|busca|está buscando)|esta|esa|esta|solicitada|procurada|richiesta|cercata|"
    r"questa|opgevraagde|gevraagde|deze|die u zoekt|begärda|sökta|forespurte|ønskede|hakemaasi|pyydettyä|żądana|szukana|podana|"
    r"požadovan[áý]|hledan[áý]|hľadan[áý]|tato|táto|požadovaná|keresett|kért|căutată|solicitată|запрашиваем\w+|запрошенн\w+|"
    r"данная|такой|эта|запитувана|запитану|цю|тази|търсената|tražena|ova|iskana|zahtevana|που ζητήσατε|αναζητάτε|η|το|aradığınız|"
    r"bu|istenen|yang anda (?:cari|minta)|ini|bạn (?:tìm|yêu cầu)|này|rất tiếc)\b"
    r"|عذرا|عذراً|آسف|متاسفانه|متأسفیم|סליחה|מצטערים|क्षमा करें|抱歉|对不起|對不起|很抱歉|申し訳ありません|"
    r"申し訳ございません|お探しの|指定された|죄송합니다|요청하신|您(?:访问|要找|请求|查找|瀏覽|访问)的|ขออภัย"
)
_LETTER = re.compile(r"[^\W_]")
_SENTENCE = re.compile(r"(?<=[.!?。！？؟।…])\s*")
_ADVICE = re.compile(
    r"(?:check|verify|review|double-check) (?:the |your |that the )?(?:url|address|link|spelling|web address)"
    r"|(?:url|address|link) (?:you (?:typed|entered|followed)|may|might|is|was|could)"
    r"|(?:mis-?typed|mis-?spelled|typing error|typed (?:it )?(?:in )?(?:wrong|incorrectly))"
    r"|(?:go|head|get|take me|back|return|visit|try|start|bring me|continue)(?: you)?(?: back)?(?: to| at| from)? (?:the |our |my )?"
    r"(?:home|front|main|start)[ -]?(?:page)?\b"
    r"|(?:try|use|using) (?:the |our |a )?(?:search|searching|navigation|menu)|out of date link|old bookmark"
    r"|zur(?:ück zur)? startseite|zurück zur|überprüfen sie|suchfunktion|retour(?:ner|nez)? (?:à|sur) (?:l'|la page d')accueil|page d'accueil"
    r"|vérifie[rz] l|volver (?:al?|a la) (?:inicio|página)|página (?:principal|de inicio|inicial)|ir a la portada|verifi(?:que|car)"
    r"|torna alla home|home ?page|pagina iniziale|naar de (?:homepage|voorpagina|startpagina)|till startsidan|til forsiden|etusivulle"
    r"|strony? główn\w+|na (?:hlavní|úvodní) stránk\w+|főoldal\w*|pagina principală|на главную|на головну|начална страница|naslovnic\w+"
    r"|αρχική σελίδα|ana sayfa\w*|الصفحة الرئيسية|العودة|صفحه اصلی|דף הבית|होम ?पेज|मुखपृष्ठ|beranda|halaman utama|trang chủ|หน้าแรก"
    r"|首页|首頁|トップページ|ホーム|홈으로|메인"
)
_RESULTS = re.compile(
    r"search results? for|results? for|suchergebnisse? für|résultats? (?:de recherche )?pour|resultados (?:de búsqueda )?(?:de|para)"
)
_SPACE = re.compile(r"\s+")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
        # Not seen: soft hyphens, joiners, marks of direction, Arabic kashida.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u0640\ufe0f", None),
    }
)


@lru_cache(maxsize=4_096)
def is_notice(text: str, *, share: float = _SHARE) -> bool:
    """Say whether a title, a heading or a line says that a page is not there, and no more."""
    clean = plain(text)
    if not clean or len(clean) > _MOST:
        return False
    rest, found = _NOTICE.subn(" ", clean)
    if not found:
        return False
    letters = len(_LETTER.findall(clean))
    for filler in (_CODE, _NUMBER, _FILLER):
        rest = filler.sub(" ", rest)
    return letters > 0 and 1 - len(_LETTER.findall(rest)) / letters >= share


@lru_cache(maxsize=4_096)
def mentions(text: str) -> bool:
    """Say whether a text has words of a notice anywhere."""
    return bool(_NOTICE.search(plain(text)))


@lru_cache(maxsize=4_096)
def apologises(text: str) -> bool:
    """Say whether one sentence of a block says little else than that a page is not there."""
    if len(text) > 600:
        return False
    return any(is_notice(one, share=0.5) for one in _SENTENCE.split(text) if one)


@lru_cache(maxsize=4_096)
def is_number(text: str) -> bool:
    """Say whether this is nothing but «404», «Error 404» and the like."""
    clean = plain(text)
    rest, found = _NUMBER.subn(" ", clean)
    return bool(found) and not _LETTER.search(_FILLER.sub(" ", _CODE.sub(" ", rest)))


@lru_cache(maxsize=4_096)
def is_cry(text: str) -> bool:
    """Say whether this is only «Oops!», «Error» or «Sorry»."""
    clean = plain(text)
    if not clean or len(clean) > 40:
        return False
    rest = _FILLER.sub(" ", _CODE.sub(" ", clean))
    return not _LETTER.search(rest)


@lru_cache(maxsize=4_096)
def advises(text: str) -> bool:
    """Say whether a block tells visitors what to do who have lost their way."""
    return len(text) <= 600 and bool(_ADVICE.search(plain(text)))


def is_of_a_search(text: str) -> bool:
    """Say whether a heading stands over the results of a search."""
    return bool(_RESULTS.search(plain(text)))


def plain(text: str) -> str:
    """Fold case and typography, and collapse white space."""
    folded = unicodedata.normalize("NFKC", text[:_MOST]).casefold().translate(_MARKS)
    return _SPACE.sub(" ", folded).strip()
