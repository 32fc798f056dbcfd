"""Two worlds that differ only in a first verdict look the same until the second is in."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from claims import editing, workflow
from claims.vocabulary import ClaimStatus
from sources.models import Host, LostPage, Robots
from sources.vocabulary import RobotsStanding
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
    an_assessment,
    seen_intact,
)
from tests.journeys.two_worlds import Walk, lists_of_the_api

pytestmark = pytest.mark.django_db

HERE = {
    "verdict": "misleading",
    "summary": "Zinnober pictures show nine sheds.",
    "explanation": "Quartzite archives were searched.",
    "correction_note": "Malachite plans came in.",
    "exact": "tourmaline roofs are gone",
    "host": "obsidian.example",
}
THERE = {
    "verdict": "mostly_true",
    "summary": "Feldspar pictures show no sheds at all.",
    "explanation": "Basalt archives were opened.",
    "correction_note": "Gneiss letters came in.",
    "exact": "every granite roof stands",
    "host": "pumice.example",
}
VERDICTS = (HERE["verdict"], THERE["verdict"])
SECRETS = ("Zinnober", "Quartzite", "Malachite", "tourmaline", "obsidian")
SEARCHED = [*SECRETS, HERE["host"], "misleading", "sheds"]


@pytest.fixture
def claims():
    """Two claims whose first verdicts wait for the second ones: a new one, a correction."""
    other = a_claim(ClaimStatus.PUBLISHED, verdict="false")
    an_assessment(other)
    found = [
        handed_in(ClaimStatus.IN_REVIEW),
        handed_in(
            ClaimStatus.CORRECTING,
            correction_kind="update",
            correction_note=HERE["correction_note"],
        ),
    ]
    Host.objects.create(
        name=HERE["host"],
        paused_at=NOON,
        paused_until=NOON,
        pause_reason="It asked for it.",
    )
    origin = f"https://{HERE['host']}"
    Robots.objects.create(
        origin=origin,
        standing=RobotsStanding.UNREACHABLE,
        standing_since=NOON,
        fetched_at=NOON,
    )
    LostPage.objects.create(origin=origin, folder="/", seen_at=NOON)
    return found


def handed_in(status, **notes):
    """A claim with a first verdict, and with all that can belong to that."""
    writer = a_person("editor")
    claim = a_claim(status, writer=writer)
    a_citation(an_assessment(claim))
    found = {name: HERE[name] for name in ("verdict", "summary", "explanation")}
    workflow.write_review(claim, by=writer, at=NOON, **found)
    workflow.submit(claim, by=writer, at=NOON, **notes)
    evidence = editing.cite(
        claim.reviews.unpublished().get(),
        url=f"https://{HERE['host']}/{status}",
        exact=HERE["exact"],
        role="evidence_for",
        by=writer,
        at=NOON,
    )
    seen_intact(evidence.passage)
    claim.refresh_from_db()
    return claim


def turned_over():
    """Put the other world's words wherever this one's stand, past every rule."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND is_generated = 'NEVER'
            AND data_type IN ('character varying', 'text')
            AND table_name NOT LIKE 'django%%' AND table_name NOT LIKE 'auth%%'
            AND table_name IN (SELECT table_name FROM information_schema.tables
                               WHERE table_type = 'BASE TABLE')
            """
        )
        for table, column in cursor.fetchall():
            for name, here in HERE.items():
                cursor.execute(
                    f'UPDATE "{table}" SET "{column}" = replace("{column}", %s, %s) '
                    f'WHERE "{column}" LIKE %s',
                    [here, THERE[name], f"%{here}%"],
                )
        cursor.execute("SET session_replication_role = DEFAULT")


def panel():
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    searches = (f"{page}?q={w}" for page in lists for w in ("Zinnober", "obsidian"))
    return ["/admin/", *lists, *searches]


def desk(claims):
    asked = {
        "q": SEARCHED,
        "domain": [HERE["host"], THERE["host"]],
        "verdict": [*VERDICTS, "none"],
    }
    pages = ("claim", "compare", "preview", "history", "record", "pages")
    claim, correction = claims
    page = correction.reviews.unpublished().get().citations.get().passage.source_id
    return [
        "/",
        *(f"/?q={word}" for word in SEARCHED),
        "/desk/",
        "/desk/inbox/",
        "/desk/people/",
        "/desk/hosts/",
        f"/desk/hosts/?name={HERE['host']}",
        f"/desk/hosts/{HERE['host']}/",
        *(reverse(f"desk:{page}", args=[each.pk]) for page in pages for each in claims),
        *(
            f"/desk/?tab=all&{name}={value}"
            for name, values in asked.items()
            for value in values
        ),
        "/sitemap.xml",
        *lists_of_the_api(
            SEARCHED,
            claim=correction.pk,
            claimant=correction.claimant_id,
            review=correction.reviews.unpublished().get().pk,
            source=correction.citations.first().passage.source_id,
        ),
        *(f"/api/v1/claims/{claim.pk}{part}" for part in ("", "/moves", "/history")),
        f"/api/v1/claims/{claim.pk}/reviews",
        *(f"/desk/sources/{page}/{part}" for part in ("", "checks/", "progress/")),
        *(f"/api/v1/sources/{page}{part}" for part in ("", "/passages", "/checks")),
    ]


@pytest.mark.parametrize("where", ["desk", "panel"])
def test_who_gives_the_second_verdict_finds_the_first_nowhere(claims, where):
    role, starts = {
        "desk": ("reviewer", desk(claims)),
        "panel": ("admin", panel()),
    }[where]
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        walk = Walk(
            a_person(role, "secunda"), starts=starts, telling=VERDICTS, within=starts[0]
        )
        here = walk.pages()
        turned_over()
        there = {address: walk.read(address) for address in here}

    told = [
        (address, word)
        for address, text in here.items()
        for word in SECRETS
        if word in text and word not in address
    ]
    assert not told
    assert not [address for address in here if here[address] != there[address]]


def test_who_gave_the_first_verdict_finds_it(claims):
    # Or the search above would find nothing wherever it looks.
    claim = claims[0]
    walk = Walk(claim.reviews.unpublished().get().written_by, starts=())

    text = walk.read(f"/api/v1/claims/{claim.pk}/reviews")

    assert "Zinnober" in text
    assert "Quartzite" in text
