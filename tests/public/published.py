"""Many published claims at once, written past the desk: the rows are those it writes."""

from datetime import timedelta

from django.db import connection

from claims.models import Citation, Claim, Claimant, Review
from claims.vocabulary import CitationRole, ClaimantKind, ClaimStatus, Verdict
from sources.models import Host, Passage, Source
from tests.factories import NOON, a_person

KINDS, VERDICTS = list(ClaimantKind), list(Verdict)


def many_published(number):
    """Write so many claims, published a minute apart; return their reviews, oldest first."""
    people = [a_person(), a_person()]
    speakers = [
        Claimant(name=f"Speaker {n}", kind=KINDS[n % len(KINDS)], created_at=NOON)
        for n in range(min(number, 50))
    ]
    claims = [_claim(n, speakers[n % len(speakers)]) for n in range(number)]
    pages = [_page(n) for n in range(min(number, 100))]
    passages = [
        Passage(source=page, exact=f"words {n}", state_since=NOON, added_at=NOON)
        for n, page in enumerate(pages)
    ]
    citations = [
        Citation(
            claim=claim,
            passage=passages[(n + k) % len(passages)],
            role=CitationRole.SAID_HERE,
            created_at=NOON + timedelta(seconds=k),
        )
        for n, claim in enumerate(claims)
        for k in range(min(n % 3, len(passages)))
    ]
    reviews = [_review(n, claim, *people) for n, claim in enumerate(claims)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Host.objects.bulk_create([Host(name="paper.example")], ignore_conflicts=True)
        for rows in (speakers, claims, pages, passages, citations, reviews):
            if rows:
                type(rows[0]).objects.bulk_create(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return reviews


def _claim(n, claimant):
    at = NOON + timedelta(minutes=n)
    return Claim(
        statement=f"قال إن الجسر رقم {n} سليم" if n % 7 == 0 else f"Bridge {n} “held”.",
        original_wording=f"It <held> {n}." if n % 2 else "",
        language="ar" if n % 7 == 0 else "en",
        claimant=claimant,
        said_at=at if n % 3 else None,
        status=ClaimStatus.PUBLISHED,
        moved_at=at,
        created_at=at,
        updated_at=at,
    )


def _page(n):
    address = f"https://paper.example/many-{n}"
    return Source(
        url=address,
        canonical_url=address,
        host="paper.example",
        state_since=NOON,
        due_at=NOON,
        added_at=NOON,
    )


def _review(n, claim, writer, second):
    at = NOON + timedelta(minutes=n)
    verdict = VERDICTS[n % len(VERDICTS)]
    return Review(
        claim=claim,
        version=1,
        verdict=verdict,
        first_verdict=verdict,
        second_verdict=verdict,
        summary=f"The {n} pictures & papers show it.",
        written_by=writer,
        second_reviewer=second,
        submitted_at=at,
        seconded_at=at,
        created_at=at,
        published_at=at,
        valid_from=at,
    )
