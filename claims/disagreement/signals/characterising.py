"""Words by which one speaker characterises what another one said or did. Our own list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.disagreement.signals.words import Text

# What makes words of another's words.
_VERDICTS = (
    (
        r"rather than (?:an? |the )?(?:\w+ )?(?:accurate|true|real|honest|fair|full|"
        r"faithful|genuine)\b(?: \w+){0,2}"
    ),
    (
        r"(?:not|hardly|n't|n’t|far from) (?:an? |the )?(?:accurate|true|honest|credible|"
        r"plausible|believable|entirely \w+)\b"
    ),
    r"den(?:y|ies|ied|ying)\b",
    (
        r"(?:reject|dismiss|dispute|refute|rebut|contest|debunk|contradict)(?:s|ed|es|ing)?"
        r"(?: (?:the|this|that|these|those|any|such|all))?"
        r"(?: (?:claim|idea|allegation|accusation|report|suggestion|notion|account|"
        r"charge|assertion)s?)?\b"
    ),
    r"so-called\b",
    r"(?:untrue|false|baseless|unfounded|groundless|misleading|fabricated|bogus)\b",
    r"(?:lie|lies|lying|lied|propaganda|fiction|nonsense|hoax|myth|spin)\b",
    r"(?:exaggerat|overstat|understat|misrepresent|distort|inflat)\w*",
    r"contrary to\b",
    r"no (?:evidence|proof|truth|basis|sign|indication)\b",
    r"in (?:reality|truth|fact)\b",
)
# What makes a show of what another one does: said of somebody, or it says nothing.
_MOTIVES = (
    r"(?:play(?:s|ed|ing)? down|down-?play(?:s|ed|ing)?)",
    r"(?:conceal|cover up|gloss over|hide|whitewash|obscure)(?:s|ed|ing)?\b",
    r"(?:save|saves|saving|preserve|preserves|preserving) face",
    r"face[- ]saving",
    r"(?:excuse|pretext|smokescreen|smoke screen|cover story|facade|façade)\b",
    (
        r"(?:strategic|tactical|political|calculated|cynical) (?:move|ploy|manoeuvre|"
        r"maneuver|step|decision)\b"
    ),
    r"(?:attempt|ploy|bid|tactic|stunt) to\b",
)
_ABOUT_WORDS = re.compile(
    rf"\b(?:(?P<verdict>{'|'.join(_VERDICTS)})|(?P<motive>{'|'.join(_MOTIVES)}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characterisation:
    """Words about somebody's words."""

    start: int  # first code point
    end: int  # one past the last
    motive: bool  # why they say it, not whether it is so


def characterisations(text: Text) -> list[Characterisation]:
    """Return where a statement characterises what somebody said or did."""
    return [
        Characterisation(
            start=match.start(), end=match.end(), motive=match["motive"] is not None
        )
        for match in _ABOUT_WORDS.finditer(text.text)
    ]


_ENDING = re.compile(r"(?:['’]s|i|ian|an|n|ese|ish|li)$", re.IGNORECASE)


def named(text: Text, speaker: str, *, before: int) -> float:
    """
    Tell how much of a speaker's name a statement uses before a place, 0 to 1.

    Iran is named in «Iran's» and «Iranian»; its foreign ministry, in part.
    """
    stems = {
        _ENDING.sub("", part)
        for part in re.findall(r"\w+", speaker.casefold())
        if len(part) > 3
    }
    if not stems:
        return 0.0
    used = {
        _ENDING.sub("", word.form)
        for word in text.words
        if word.end <= before and word.kind in {"PROPN", "ADJ", "NOUN"}
    }
    return len(stems & used) / len(stems)
