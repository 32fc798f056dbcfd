"""
Directions in which statements pull: more or less, goes on or ends. Our own lists.

A word of one side, where the other statement has one of the other side, is a clash;
a denied word counts for the other side.
"""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """What two statements may pull apart about."""

    AMOUNT = "amount"  # more or less
    EFFECT = "effect"  # helps or harms
    CAUSE = "cause"  # has to do with it or not
    HEAT = "heat"  # warmer or colder
    COURSE = "course"  # goes on or ends
    TRUTH = "truth"  # is so or is not
    LEAVE = "leave"  # allowed or forbidden
    PRESENCE = "presence"  # is there or is missing
    INFECTION = "infection"  # catches it or resists
    VICTORY = "victory"  # won or lost
    FORCE = "force"  # strikes or spares
    CARE = "care"  # aimed or blind
    ORDER = "order"  # before or after
    ORIGIN = "origin"  # made by people or by nature
    AGE = "age"  # young or old


_SIDES: dict[Direction, tuple[str, str]] = {
    Direction.AMOUNT: (
        """
        increase rise rising grow growth growing gain higher high more upward
        expand surge soar climb accelerate accelerating faster rapid
        rapidly enhance elevate elevated raise boost intensify worsen strengthen
        great greater large larger heavy strong stronger severe
        additional extra widespread abundant frequent frequently
        excess rebound double triple amplify
        """,
        """
        decrease decline reduce reduction fall falling drop lower low less
        downward shrink slow slowing slower diminish cut lessen fewer few weaken
        weak small smaller minimal slight slightly minor ease subside dwindle
        loss lose limited mild negligible rare rarely scarce least halve
        minimize mitigate attenuate suppress tiny modest suppression
        """,
    ),
    Direction.EFFECT: (
        """
        effective effectiveness efficacy success successful work benefit
        beneficial help useful efficient protect protection protective improve
        improvement cure prevent treat treatment safe safety promising favorable
        recover recovery good better best
        """,
        """
        ineffective inefficient fail failure useless harm harmful danger
        dangerous adverse toxic risk detrimental worse worst worsen unsafe
        futile bad poor damage deadly
        """,
    ),
    Direction.CAUSE: (
        """
        cause lead produce result trigger drive contribute due induce create
        associated link linked association related correlation correlate
        attributable responsible connection connected influence affect impact
        role
        """,
        """
        unrelated independent irrelevant coincidence unconnected
        """,
    ),
    Direction.HEAT: (
        """
        warm warming hot hotter heat heating warmer melt melting thaw retreat
        """,
        """
        cool cooling cold colder cooler freeze freezing chill ice-age
        """,
    ),
    Direction.COURSE: (
        """
        continue persist remain ongoing lasting resume sustain
        renew fresh again prolong persistent escalate escalation escalatory
        intensify endure alive permanent pause lull interim temporary round
        prolongation reignite unabated unresolved flare
        """,
        """
        end stop cease conclude conclusion finish halt terminate
        disappear vanish cessation calm de-escalate de-escalation settle
        settlement resolve resolved done ceasefire
        """,
    ),
    Direction.TRUTH: (
        """
        true fact real accurate correct confirm prove proven valid evidence
        support agree consensus certain sure undeniable acknowledge accept admit
        reliable
        """,
        """
        false wrong myth incorrect inaccurate untrue hoax fake disprove refute
        deny reject dispute disagree doubt contradict debunk controversial
        unproven mislead misleading dismiss question skeptical sceptic lie
        exaggerate fabricate alarmist
        """,
    ),
    Direction.LEAVE: (
        """
        allow permit legal lawful approve authorise authorize accept right free
        open support endorse encourage welcome
        """,
        """
        forbid ban prohibit illegal unlawful violation breach refuse deny block
        prevent close oppose discourage condemn denounce reject restrict violate
        criminal
        """,
    ),
    Direction.PRESENCE: (
        """
         include contain presence present possess find exist existence
        positive detect detected available
        """,
        """
        lack absent absence missing negative undetected empty
        unavailable
        """,
    ),
    Direction.INFECTION: (
        """
        susceptible vulnerable infectious contagious transmit transmission
        spread infect catch carrier
        """,
        """
        immune immunity resistant protected inactivate kill destroy eliminate
        survive
        """,
    ),
    Direction.VICTORY: (
        """
        win victory succeed defeat beat triumph lead
        """,
        """
        lose loss defeat surrender trail fail
        """,
    ),
    Direction.FORCE: (
        """
        attack strike bomb hit assault target invade kill destroy aggression
        provoke
        """,
        """
        defend protect restrain spare peace truce ceasefire deter withdraw
        """,
    ),
    Direction.CARE: (
        """
        precise precision targeted surgical limited careful
        """,
        """
        indiscriminate random reckless disproportionate blatant
        """,
    ),
    Direction.ORDER: (
        """
        before early earlier previous past old ancient first
        """,
        """
        after late later next future new last recent
        """,
    ),
    Direction.ORIGIN: (
        """
        human man-made anthropogenic manmade artificial lab engineered people
        mankind industrial fossil
        """,
        """
        natural nature sun solar volcanic cycle animal bat zoonotic variability
        """,
    ),
    Direction.AGE: (
        """
        young child youth kid baby boy girl teenager toddler infant
        """,
        """
        old elderly adult senior aged
        """,
    ),
}

PULLS: dict[str, tuple[tuple[Direction, int], ...]] = {}
for _direction, _sides in _SIDES.items():
    for _sign, _side in zip((1, -1), _sides, strict=True):
        for _word in _side.split():
            PULLS[_word] = (*PULLS.get(_word, ()), (_direction, _sign))
