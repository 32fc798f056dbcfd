"""Which obstacle it is, if it is one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sources.net import Fetched
from sources.obstacles import addresses, broken, lost, makers, parked, walls
from sources.obstacles.signs import ENOUGH, Case, Sign, weigh
from sources.saying import Sentence
from sources.saying import gettext_noop as _

_SUSPICIOUS = 25  # of the weight that would be enough; less has many a short page
_MOST_REASONS = 2
_SAYS = " says so"
_BY_ALL = _("all that is seen of it says so")


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
    sentence: Sentence  # for people


# Walls first: a page behind one is never called dead.
_TABLES: tuple[tuple[Kind, tuple[Sign, ...], str], ...] = (
    (
        Kind.CHALLENGE,
        walls.CHALLENGE,
        _("The site asks visitors to prove that they are human: %(because)s."),
    ),
    (
        Kind.CONSENT,
        walls.CONSENT,
        _("The site wants consent to cookies before it shows the page: %(because)s."),
    ),
    (
        Kind.SIGN_IN,
        walls.SIGN_IN,
        _("The site asks visitors to sign in before it shows the page: %(because)s."),
    ),
    (
        Kind.PAYWALL,
        walls.PAYWALL,
        _("The site shows the whole page to subscribers only: %(because)s."),
    ),
    (
        Kind.REGION,
        walls.REGION,
        _("The site does not show the page to visitors from here: %(because)s."),
    ),
    (
        Kind.PARKED,
        parked.SIGNS,
        _("The address answers, but the site that was there is gone: %(because)s."),
    ),
    (
        Kind.LOST,
        lost.SIGNS,
        _("The address answers, but the page is not there any more: %(because)s."),
    ),
    (
        Kind.BROKEN,
        broken.SIGNS,
        _("The site answers, but is out of order or being worked on: %(because)s."),
    ),
)


def find_obstacle(case: Case) -> Obstacle | None:
    """Return what stands in place of the page; None where it is the page."""
    for kind, signs, text in _TABLES:
        # A subscription leaves the beginning of a page; anything else leaves nothing.
        if case.known and kind is not Kind.PAYWALL:
            continue
        weighed = weigh(case, signs)
        if weighed.enough:
            return Obstacle(
                kind=kind,
                weight=weighed.weight,
                sentence=Sentence(text, {"because": _two(weighed.reasons)}),
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


def _two(reasons: tuple[str, ...]) -> list[str]:
    """Return the reasons that are told; of those that say the same, the heaviest."""
    told: list[str] = []
    for one in reasons:
        if not (one.endswith(_SAYS) and any(each.endswith(_SAYS) for each in told)):
            told.append(one)
    return told[:_MOST_REASONS] or [_BY_ALL]
