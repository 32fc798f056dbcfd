"""Words by which a statement is denied, hedged, stressed or granted. Our own lists."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DENIALS = _words(
    """
    not n't n`t nt no never nobody none nothing neither nor without cannot nowhere
    hardly barely scarcely rarely seldom lack lacks lacked lacking absence absent
    fail fails failed failing failure unable
    """
)
HEDGES = _words(
    """
    may might could can possibly perhaps likely unlikely probably potential
    potentially possible suggest suggests suggested appear appears seem seems
    apparently maybe would should uncertain unclear some estimate estimates
    hypothesis hypothesize
    """
)
CERTAINTIES = _words(
    """
    will must always all every everyone definitely certainly proven prove proof show
    shown confirm confirmed demonstrate clear clearly undeniable only entirely
    completely
    """
)
WITHOUT_EXCEPTION = _words(
    """
    all every everyone everybody always each any entire whole only never nobody none
    no
    """
)
TURNS = _words(
    """
    but however although though yet despite nevertheless whereas while rather
    instead contrary unlike nonetheless
    """
)
# Words about words: what is said is called something.
ABOUT_WORDS = _words(
    """
    myth false wrong incorrect misleading lie hoax fraud exaggerate exaggerated
    overstate debunk inaccurate untrue mistake error misrepresent flawed baseless
    unfounded claim claims alleged allegedly so-called conspiracy denial deniers
    skeptic skeptics dispute reject rejected dismiss dismissed refute refuted
    contradict contrary controversial discredited criticized criticised
    """
)
# Motives, causes, feelings, relations: what an onlooker cannot see and adds.
ADDED = _words(
    """
    because for want wants wanting try trying tries attempt hope hoping plan
    planning intend preparing prepare about after before going famous favorite
    favourite friend friends family brother brothers sister sisters wife husband
    mother father son daughter siblings cousin couple married wedding birthday party
    anniversary vacation holiday date first best competition contest competing
    championship tournament win winning won professional tall sad happy excited
    enjoy enjoying enjoys love loves loving fun having bored tired angry proud
    waiting wait late early new old beautiful pretty expensive cheap tourist
    tourists owner job money pay paid buy lunch dinner breakfast practice practicing
    training learn learning teach teaching show performance perform audience fans
    celebrate celebrating impress thinking think
    """
)
NOBODY = _words(
    """
    nobody none no nothing empty sleeping asleep naked alone
    """
)
ANYBODY = _words(
    """
    person people human man woman someone somebody child group individual animal
    outside outdoors outdoor something thing object adult kid guy lady place area
    wearing clothes near shirt
    """
)
NOT_KNOWN = _words(
    """
    unknown unclear uncertain inconclusive insufficient controversial debate debated
    conflicting scarce sparse preliminary limited further needed investigate
    """
)

CONCEDING = _words(
    """
    while although though despite even whereas
    """
)
TURNING = _words(
    """
    but yet
    """
)

EMPTY = _words(
    """
    be have do will would a an the of in on at to for from by with and or as his her
    its their our my that this these those it he she they we i you which who what
    there 's not
    """
)
# Of these, one statement may hold some and the other others without any clash.
LOOSE = _words(
    """
    also just still even very really more most less least much many such other same
    own last next first new old early late later before after right left
    """
)
