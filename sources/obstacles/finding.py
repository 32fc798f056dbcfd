"""Which obstacle it is, if it is one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sources.net import Fetched
from sources.obstacles import addresses, broken, lost, makers, parked, walls
from sources.obstacles.signs import ENOUGH, Case, Sign, weigh

_SUSPICIOUS = 25  # of the weight that would be enough; less has many a short page
_MOST_REASONS = 2
_SAYS = " says so"


class Kind(StrEnum):
    """What is answered in place of a page."""

    CHALLENGE = "challenge"
    CONSENT = "consent"
    SIGN_IN = "sign_in"
    PAYWALL = "paywall"
    REGION = "region"
    PARKED = "parked"
    LOST = "lost"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What is there in place of the page."""

    kind: Kind
    weight: int
    sentence: str  # for people


# Walls first: a page behind one is never called dead.
_TABLES: tuple[tuple[Kind, tuple[Sign, ...], str], ...] = (
    (
        Kind.CHALLENGE,
        walls.CHALLENGE,
        "The site asks visitors to prove that they are human",
    ),
    (
        Kind.CONSENT,
        walls.CONSENT,
        "The site wants consent to cookies before it shows the page",
    ),
    (
        Kind.SIGN_IN,
        walls.SIGN_IN,
        "The site asks visitors to sign in before it shows the page",
    ),
    (Kind.PAYWALL, walls.PAYWALL, "The site shows the whole page to subscribers only"),
    (
        Kind.REGION,
        walls.REGION,
        "The site does not show the page to visitors from here",
    ),
    (
        Kind.PARKED,
        parked.SIGNS,
        "The address answers, but the site that was there is gone",
    ),
    (Kind.LOST, lost.SIGNS, "The address answers, but the page is not there any more"),
    (
        Kind.BROKEN,
        broken.SIGNS,
        "The site answers, but is out of order or being worked on",
    ),
)


def find_obstacle(case: Case) -> Obstacle | None:
    """Return what stands in place of the page; None where it is the page."""
    for kind, signs, sentence in _TABLES:
        # A subscription leaves the beginning of a page; anything else leaves nothing.
        if case.known and kind is not Kind.PAYWALL:
            continue
        weighed = weigh(case, signs)
        if weighed.enough:
            return Obstacle(
                kind=kind,
                weight=weighed.weight,
                sentence=_sentence(sentence, weighed.reasons),
            )
    return None


def is_worth_a_probe(case: Case) -> bool:
    """
    Say whether another page of the site could settle whether this one is lost.

    Ordinary pages are not worth one: it is a visit that nobody asked for.
    """
    page = case.page
    if (
        case.known
        or addresses.is_front(page.asked)
        or not page.text.strip()
        or page.head.shell
    ):
        return False
    weight = weigh(case, lost.SIGNS).weight
    return weight < ENOUGH and (case.vanished or weight >= _SUSPICIOUS)


def is_wall_by_marks(fetched: Fetched) -> bool:
    """Say whether an answer with a status of refusal is a wall; needs no reading."""
    return (
        makers.in_headers(fetched.headers)
        or makers.on_page(fetched.body)
        or makers.in_title(fetched.body)
    )


def _sentence(lead: str, reasons: tuple[str, ...]) -> str:
    because = _joined(reasons[:_MOST_REASONS])
    return f"{lead}: {because}." if because else f"{lead}."


def _joined(reasons: tuple[str, ...]) -> str:
    """Join reasons; what says the same is named together."""
    says = [one.removesuffix(_SAYS) for one in reasons if one.endswith(_SAYS)]
    if len(says) > 1:
        return " and ".join(says) + " say so"
    return " and ".join(reasons)
