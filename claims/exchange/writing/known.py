"""What is there already, asked for a few thousand rows at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Upper

from claims.models import Assessment, Citation, Claim, Claimant
from claims.models.wording import SameWords
from claims.vocabulary import ClaimStatus, Precision
from sources.canonical import canonical
from sources.errors import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

VoiceKey = tuple[str, str]  # an address, or who and in which words
PageKey = tuple[str, str, str]  # address, words, role


@dataclass(slots=True)
class Standing:
    """A claim that is there, or is about to be, as far as a duplicate has to know."""

    id: UUID
    claimant: UUID
    said_at: datetime | None
    precision: str
    is_new: bool = True
    voices: set[VoiceKey] = field(default_factory=set)
    pages: set[PageKey] = field(default_factory=set)

    def says_the_same(
        self, *, claimant: UUID, said_at: datetime | None, precision: str
    ) -> bool:
        """Tell whether the same words by this claimant, then, are this claim."""
        if claimant != self.claimant:
            return False
        if said_at is None or self.said_at is None:
            return True
        coarse = max(_RANKS[precision], _RANKS[self.precision])
        return said_at.timetuple()[:coarse] == self.said_at.timetuple()[:coarse]


# How much of a moment counts: year, month, day, hour, minute.
_RANKS: dict[str, int] = {
    Precision.YEAR: 1,
    Precision.MONTH: 2,
    Precision.DAY: 3,
    Precision.MINUTE: 5,
}


def voice_key(*, url: str, assessor: UUID, statement: str) -> VoiceKey:
    """Return what tells one voice about a claim from another."""
    if url:
        try:
            return (canonical(url), "")
        except AddressRefused:
            return (url, "")
    return (str(assessor), " ".join(statement.split()).casefold())


def claimants(names: Iterable[str]) -> dict[str, UUID]:
    """Return who goes by these names, in any case, or by one of them as an alias."""
    wanted = list(names)
    if not wanted:
        return {}
    found: dict[str, UUID] = {}
    spelled = [Upper(Value(name)) for name in wanted]
    named = Claimant.objects.annotate(spelled=Upper("name")).filter(spelled__in=spelled)
    for name, key in named.by_name().values_list("name", "pk"):
        found.setdefault(name.casefold(), key)
    wanted = [name for name in wanted if name.casefold() not in found]
    aliased = Claimant.objects.filter(aliases__overlap=wanted).by_name()
    for aliases, key in aliased.values_list("aliases", "pk"):
        for alias in aliases:
            found.setdefault(alias.casefold(), key)
    return found


def digests(statements: Iterable[str]) -> dict[str, str]:
    """Return the mark of each statement, as the database makes it."""
    words = list(dict.fromkeys(statements))
    mark = SameWords.template % {"expressions": "s"}
    with connection.cursor() as cursor:
        # Ours alone: what is asked about comes as a parameter.
        cursor.execute(
            f"SELECT s, {mark.replace('%', '%%')} FROM UNNEST(%s::text[]) AS s",  # noqa: S608
            [words],
        )
        return dict(cursor.fetchall())


def standing(marks: Collection[str]) -> dict[str, list[Standing]]:
    """Return the claims in these words, with who says what about them, and where."""
    rows = (
        Claim.objects.annotate(mark=SameWords("statement"))
        .filter(mark__in=list(marks))
        .order_by("created_at", "pk")
        .values_list("mark", "pk", "claimant", "said_at", "said_at_precision", "status")
    )
    found: dict[str, list[Standing]] = defaultdict(list)
    each: dict[UUID, Standing] = {}
    for mark, key, claimant, said_at, precision, status in rows:
        each[key] = Standing(
            key, claimant, said_at, precision, status == ClaimStatus.NEW
        )
        found[mark].append(each[key])
    _hear(each)
    return found


def _hear(claims: dict[UUID, Standing]) -> None:
    if not claims:
        return
    voices = Assessment.objects.filter(claim__in=claims).values_list(
        "claim", "url", "assessor", "statement"
    )
    for claim, url, assessor, statement in voices:
        key = voice_key(url=url, assessor=assessor, statement=statement)
        claims[claim].voices.add(key)
    pages = Citation.objects.filter(claim__in=claims).values_list(
        "claim", "passage__source__canonical_url", "passage__exact", "role"
    )
    for claim, url, exact, role in pages:
        if claim is not None:
            claims[claim].pages.add((url, exact, role))
