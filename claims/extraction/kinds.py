"""A guess at what sort of speaker a mention stands for."""

from __future__ import annotations

from claims.extraction.candidate import Kind
from claims.extraction.names import Mention, Wording
from claims.extraction.titles import OFFICES
from claims.extraction.words import words

_MILITARY = words(
    """
    military army navy forces troops militia militias corps marines idf battalion
    brigade guard guards commander commanders generals command
    """
)
_GOVERNMENT = words(
    """
    government ministry ministries department administration house kremlin pentagon
    cabinet council senate congress parliament court courts commission police agency
    bureau embassy state treasury city county committee fbi cia authorities authority
    nation country regime judiciary legislature
    """
)
_MEDIA = words(
    """
    newspaper newspapers media post times journal news cnn bbc nbc cbs abc reuters
    magazine network gazette herald tribune press outlet website blog politico
    breitbart broadcaster tv television radio
    """
)
_BY_NOUN = (
    (Kind.MILITARY, _MILITARY),
    (Kind.MEDIA, _MEDIA),
    (Kind.GOVERNMENT, _GOVERNMENT),
)
_PERSONAL = frozenset({"he", "she", "i", "him", "her"})


def kind_of(mention: Mention) -> Kind:
    """Guess what sort of speaker this is; an editor has the last word."""
    for kind, nouns in _BY_NOUN:
        if mention.head in nouns:
            return kind
    if _is_person(mention):
        return Kind.PERSON
    if mention.label == "GPE":
        return Kind.GOVERNMENT
    return Kind.ORGANISATION if mention.label == "ORG" else Kind.GROUP


def _is_person(mention: Mention) -> bool:
    if mention.label == "PERSON" or mention.head in _PERSONAL:
        return True
    if not OFFICES.isdisjoint(mention.role.lower().split()[-1:]):
        return True
    if mention.wording is Wording.DESCRIPTION:
        # "The mayor" is somebody; "a senior official" might be anybody.
        return mention.definite and not mention.plural and mention.head in OFFICES
    return mention.wording is Wording.NAME and not (mention.plural or mention.label)
