"""What was published, by its words, its verdict, its topic, its language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Count, Q

from claims.models import Assessment, Claim, Claimant, Correction, Review
from claims.vocabulary import CONTRADICTING, CorrectionKind, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from claims.models.review import CorrectionQuerySet, ReviewQuerySet

LANGUAGE_OF_THE_INDEX = "english"  # the configuration of Claim.search
NAMES_AT_MOST = 50
FEW = 1_000  # claims, of which each can be named
LATEST_FOR_CHOICES = 500
TOPICS_AT_MOST = 30

# No text field can hold these, so they cannot be forged by what is marked.
MARK_BEGINS, MARK_ENDS = "\x01", "\x02"

# A word that is still being typed stands alone at the end, without operators.
_UNFINISHED = re.compile(r'^([^"]*?)(\w{2,})$')


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader looks for; what is empty does not narrow."""

    words: str = ""
    verdict: str = ""
    topic: str = ""
    language: str = ""
    claimant: Claimant | None = None

    @property
    def narrows(self) -> bool:
        return any((self.words, self.verdict, self.topic, self.language, self.claimant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from."""

    topics: list[str]
    languages: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many confirmed assessments speak against a claim, and for it."""

    against: int
    in_favour: int


def published(wanted: Wanted) -> ReviewQuerySet:
    """Reviews that stand now, with their claims and claimants, as far as wanted."""
    reviews = Review.objects.shown().select_related("claim__claimant")
    if wanted.verdict:
        reviews = reviews.filter(verdict=wanted.verdict)
    return reviews.filter(_of_claims(wanted))


def withdrawn(wanted: Wanted) -> CorrectionQuerySet:
    """Notes of findings that were withdrawn; one that has a verdict is none of them."""
    notes = Correction.objects.public().select_related("claim__claimant")
    if wanted.verdict:
        return notes.none()
    return notes.filter(_of_claims(wanted), kind=CorrectionKind.RETRACTION)


def _of_claims(wanted: Wanted) -> Q:
    """Return which rows that have a claim are wanted for it."""
    found = Q()
    if wanted.topic:
        found &= Q(claim__topics__contains=[wanted.topic])
    if wanted.language:
        found &= Q(claim__language=wanted.language)
    if wanted.claimant:
        found &= Q(claim__claimant=wanted.claimant)
    if wanted.words:
        # Two steps: an OR across two tables would leave both indexes unused.
        speakers = list(
            Claimant.objects.filter(
                Q(name__trigram_word_similar=wanted.words)
                | Q(aliases__contains=[wanted.words])
            ).values_list("pk", flat=True)[:NAMES_AT_MOST]
        )
        found &= _about(words_query(wanted.words), speakers)
    return found


def _about(words: SearchQuery, speakers: list[UUID]) -> Q:
    """
    Return which reviews are of claims with these words, or by these speakers.

    The newest reviews are read until a page is full, which is soon where many claims
    match. Where few do, that would read them all: then they are named.
    """
    matching = Claim.objects.filter(Q(search=words) | Q(claimant__in=speakers))
    few = list(matching.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(claim__in=few)
    return Q(claim__search=words) | Q(claim__claimant__in=speakers)


def words_query(words: str) -> SearchQuery:
    """Return the full-text query for words; one still being typed may go on."""
    query = _websearch(words)
    if unfinished := _UNFINISHED.match(words):
        before, last = unfinished.groups()
        # Only \w comes in, so the quotes of to_tsquery cannot be broken out of.
        begun = SearchQuery(
            f"'{last}':*", search_type="raw", config=LANGUAGE_OF_THE_INDEX
        )
        query = query | (_websearch(before) & begun if before.strip() else begun)
    return query


def highlighted(reviews: ReviewQuerySet, words: str) -> ReviewQuerySet:
    """Reviews with `marked`: the statement, the words found between two marks."""
    return reviews.annotate(
        marked=SearchHeadline(
            "claim__statement",
            words_query(words),
            config=LANGUAGE_OF_THE_INDEX,
            start_sel=MARK_BEGINS,
            stop_sel=MARK_ENDS,
            highlight_all=True,
        )
    )


def counted(reviews: ReviewQuerySet, *, most: int) -> int:
    """Return how many reviews there are; counting stops one past `most`."""
    return reviews.order_by()[: most + 1].count()


def choices() -> Choices:
    """Return the topics and languages of what was published lately, commonest first."""
    lately = (
        Review.objects.shown()
        .order_by("-published_at", "-pk")
        .values_list("claim__topics", "claim__language")[:LATEST_FOR_CHOICES]
    )
    topics: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for of_claim, language in lately:
        topics.update(of_claim)
        languages[language] += 1
    return Choices(
        topics=[topic for topic, _ in topics.most_common(TOPICS_AT_MOST)],
        languages=[language for language, _ in languages.most_common()],
    )


def tallies(
    claims: Iterable[UUID], *, then: datetime | None = None
) -> dict[UUID, Tally]:
    """Return the tally, of now or then, of each claim that has any to count."""
    confirmed = Assessment.objects.confirmed()
    if then is not None:
        confirmed = confirmed.filter(decided_at__lte=then)
    against: Counter[UUID] = Counter()
    in_favour: Counter[UUID] = Counter()
    rows = (
        confirmed.filter(claim__in=list(claims))
        .values_list("claim", "stance")
        .annotate(n=Count("pk"))
    )
    for claim, stance, number in rows:
        against[claim] += number if stance in CONTRADICTING else 0
        in_favour[claim] += number if stance == Stance.SUPPORTS else 0
    return {
        claim: Tally(against=against[claim], in_favour=in_favour[claim])
        for claim in against.keys() | in_favour.keys()
    }


def _websearch(words: str) -> SearchQuery:
    return SearchQuery(words, search_type="websearch", config=LANGUAGE_OF_THE_INDEX)
