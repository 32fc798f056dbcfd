"""What a fact-checker's rating says about the claim, where that is clear (pure)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from claims.vocabulary import Stance

_NO_WORD = re.compile(r"[\W_]+")
_CLEAR: dict[Stance, str] = {
    Stance.CONTRADICTS: """
        false; mostly false; largely false; totally false; completely false; pants on
        fire; pants on fire!; refuted; fake; fake news; fabricated; incorrect; mostly
        incorrect; inaccurate; mostly inaccurate; wrong; untrue; not true; hoax; debunked;
        four pinocchios; disproved; faux; falso; falsch; falsa; vals; onwaar; fałsz;
        yanlış; bufala; scam; digitally altered; altered; altered image; altered video;
        altered photo; doctored; manipulated; خطأ; خاطئ; زائف; كاذب; غير صحيح; झूठ; असत्य
    """,
    Stance.SUPPORTS: """
        true; mostly true; largely true; correct; mostly correct; accurate; mostly
        accurate; supported; confirmed; verified; vrai; plutôt vrai; verdadero; verdadeiro;
        cierto; richtig; wahr; größtenteils richtig; vero; waar; prawda; doğru; صحيح;
        सच
    """,
    Stance.QUALIFIES: """
        half true; half-true; mixture; mixed; partly true; partly false; partially true;
        partially false; misleading; missing context; lacks context; needs context;
        out of context; decontextualized; exaggerated; cherry picking; cherry-picked;
        cherrypicking; conflicting evidence; conflicting evidence/cherrypicking; spins the
        facts; distorts the facts; two pinocchios; one pinocchio; trompeur; engañoso;
        enganoso; irreführend; teilweise falsch; à nuancer; fuorviante; misleidend; مضلل;
        بحاجة إلى سياق; भ्रामक
    """,
    Stance.DEFERS: """
        unproven; unverified; not enough evidence; no evidence; insufficient evidence;
        unsupported; unsubstantiated; inconclusive; undetermined; cannot be verified;
        unbelegt; invérifiable; غير مؤكد
    """,
}


def _key(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()


_STANCES = {
    _key(word): stance for stance, words in _CLEAR.items() for word in words.split(";")
}


class Judged(NamedTuple):
    """A stance, and whether the rating leaves no doubt about it."""

    stance: Stance
    clear: bool


def judged(
    rating: str, *, value: Any = None, best: Any = None, worst: Any = None
) -> Judged:
    """
    Return the stance of a rating.

    The words decide; a number on a scale of somebody else's is only a hint at words
    that nobody here knows.
    """
    if stance := _STANCES.get(_key(rating)):
        return Judged(stance, clear=True)
    share = _share(value, best, worst)
    if share is None or 0.25 < share < 0.75:
        return Judged(Stance.QUALIFIES, clear=False)
    return Judged(Stance.SUPPORTS if share >= 0.75 else Stance.CONTRADICTS, clear=False)


def _share(value: Any, best: Any, worst: Any) -> float | None:
    """Return how far up its scale a number stands, from 0 to 1."""
    try:
        rated, low, high = (float(each) for each in (value, worst, best))
    except (TypeError, ValueError, OverflowError):
        return None
    if not low <= rated <= high or low == high:
        return None
    return (rated - low) / (high - low)
