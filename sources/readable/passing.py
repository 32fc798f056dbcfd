"""Lines that pass: times, counts and labels, which are no part of an article."""

from __future__ import annotations

import re

_LONGEST = 160  # characters


def words(*lines: str) -> frozenset[str]:
    """Return the words of some lines."""
    return frozenset(" ".join(lines).split())


def phrases(*lines: str) -> frozenset[str]:
    """Return the phrases of some lines, which strokes part."""
    return frozenset("".join(lines).split("|"))


_ALONE = phrases(
    "advertisement|advertisements|advertising|ad|ads|sponsored|sponsored content"
    "|promoted|paid content|related|related stories|related articles|related news"
    "|related content|more from us|more on this|more stories|more news|most read"
    "|most popular|trending|trending now|you may also like|you might also like"
    "|recommended|recommended for you|read more|read next|see also|up next"
    "|share|share this|comments|leave a comment|add a comment|story continues below"
    "|article continues below|continue reading|advertisement continue reading"
    "|anzeige|werbung|mehr zum thema|lesen sie auch|publicité|lire aussi|publicidad"
    "|lea también|publicidade|leia também|pubblicità|leggi anche|advertentie"
    "|lees ook|reklama|czytaj także|реклама|читайте также|广告|廣告|相关阅读|相关新闻"
    "|推荐阅读|広告|関連記事|إعلان|اقرأ أيضا|reklam|ilgili haberler"
)
_MONTHS = (
    "january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai"
    " juni juli oktober dezember janvier février mars avril juin juillet août septembre"
    " octobre novembre décembre enero febrero marzo abril mayo junio julio agosto"
    " septiembre octubre noviembre diciembre января февраля марта апреля мая июня июля"
    " августа сентября октября ноября декабря monday tuesday wednesday thursday friday"
    " saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi"
    " samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
)
_TIMES = words(
    _MONTHS,
    "am pm a m p et est edt ct cst cdt mt pt pst pdt gmt bst utc cet cest msk ist uhr h"
    " hrs second seconds sec secs minute minutes min mins hour hours day days week weeks"
    " month months year years ago just now today yesterday updated update published"
    " posted modified edited first last latest created generated rendered served page"
    " cached time date on at in the of this th st nd rd is was were current currently t z"
    " s ms aktualisiert veröffentlicht stand am um vor minuten stunden publié mis à jour"
    " le il y heures actualizado publicado el hace de horas aggiornato pubblicato"
    " обновлено опубликовано в назад минут часов",
)
_COUNTED = words(
    "view views viewed read reads readers reading share shares shared like likes"
    " liked comment comments reply replies response responses answers vote votes tweet"
    " tweets retweets reactions claps points discussion followers subscribers hits"
    " visits visitors kommentare kommentar aufrufe commentaires vues comentarios visitas commenti просмотров"
    " комментариев комментария"
)
_BESIDE_COUNTS = _COUNTED | words(
    "people person are is this article story post page right now times time total"
    " k m mio online who all see show add your a and und et y и see by on facebook"
    " twitter x have has been users others live watching"
)
_CJK_COUNT = re.compile(
    r"[\s\d.,:：()（）|年月日号时時分秒前更新发布發布于於]+|"
    r"(?:阅读|閱讀|浏览|评论|評論|点赞|閲覧|コメント)(?:数|量|次数)?[\s::(（]*[\d.,万]+[)）]?"
    r"|[\d.,万]+\s*(?:次阅读|次浏览|条评论|阅读|评论|人参与|跟贴|件のコメント)"
)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
# In a line that is no sentence: a byline with its time, a row of counts.
_PASSING = re.compile(
    r"\b\d+ ?(?:s|sec|m|mins?|h|hrs?|d|seconds?|minutes?|hours?|days?|weeks?) ago\b"
    r"|\b(?:updated|published|posted|modified|generated)\b.*\d|\b\d\d?:\d\d:\d\d\b"
    r"|\d[\d.,]* ?[km]? (?:views|reads|comments|shares|likes|replies|reactions|online)\b"
    r"|\b(?:views|reads|comments|shares|likes|replies|reactions|online): ?\d"
)
_POINTER = re.compile(
    r"(?:ad|advert|advertisement|sponsored|promoted|anzeige|read more|read also|see also"
    r"|also read|related|watch|listen|lesen sie auch|mehr zum thema|lire aussi)"
    r" ?(?:[:|–—-]|by\b|post\b)"
)


def is_passing(text: str) -> bool:
    """
    Say whether a block is a time, a count or a label.

    "5 minutes ago", "1,234 views", "Advertisement": the block and nothing else.
    """
    line = text.casefold()
    if len(line) > _LONGEST:
        return False
    return (
        line.strip(" .:…-–—>»|") in _ALONE
        or bool(_POINTER.match(line) or _CJK_COUNT.fullmatch(line))
        or bool(line[-1] not in '.!?。！？”"’' and _PASSING.search(line))
        or _is_time_or_count(line)
    )


def _is_time_or_count(line: str) -> bool:
    tokens = _TOKEN.findall(line)
    named = {token for token in tokens if not token.isdigit()}
    counts = len(named) < len(tokens)
    if named <= {"k", "m"}:
        return counts and line[-1] not in ".!?"
    if named <= _TIMES:
        return counts or not named.isdisjoint(("now", "ago"))
    return (
        counts and named <= _TIMES | _BESIDE_COUNTS and not named.isdisjoint(_COUNTED)
    )
