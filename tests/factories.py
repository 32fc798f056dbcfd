"""Valid rows in a named state, taking only what a test is about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import count

import zstandard
from django.contrib.auth.models import Group, User

from claims import editing, intake, workflow
from claims.models import Article, Assessment, Citation, Claim, Claimant
from claims.vocabulary import ClaimantKind, ClaimStatus, Stance, Verdict
from sources import attaching
from sources.models import Passage, Sighting, Snapshot, Source
from sources.vocabulary import PassageState, SourceState

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PASSWORD = "a long sentence that nobody guesses"

_numbers = count(1)


def a_person(role: str = "reviewer", name: str = "") -> User:
    """Somebody with an account, in the group of that role."""
    person = User.objects.create_user(name or f"{role}-{next(_numbers)}")
    person.set_password(PASSWORD)
    person.is_staff = role in {"editor", "admin"}
    person.is_superuser = role == "admin"
    person.save()
    person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def a_claimant(
    name: str = "", kind: str = ClaimantKind.PERSON, **fields: object
) -> Claimant:
    return Claimant.objects.create(
        name=name or f"Speaker {next(_numbers)}", kind=kind, created_at=NOON, **fields
    )


def a_source(url: str = "", **fields: object) -> Source:
    source = attaching.attach(
        url or f"https://paper.example/story-{next(_numbers)}", now=NOON
    )
    if fields:
        Source.objects.filter(pk=source.pk).update(**fields)
        source.refresh_from_db()
    return source


def a_snapshot(source: Source, text: str) -> Snapshot:
    body = f"<article><p>{text}</p></article>".encode()
    return Snapshot.objects.create(
        source=source,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=NOON,
        final_url=source.canonical_url,
        media_type="text/html",
        body_zstd=zstandard.compress(body),
        body_bytes=len(body),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def seen_intact(passage: Passage) -> Passage:
    """The passage after a worker found its words on the page."""
    snapshot = a_snapshot(
        passage.source, f"Before. {passage.exact} After {next(_numbers)}."
    )
    Source.objects.filter(pk=passage.source_id).update(
        state=SourceState.LIVE, state_since=NOON, last_checked_at=NOON
    )
    passage.state, passage.snapshot = PassageState.INTACT, snapshot
    passage.start, passage.end = 8, 8 + len(passage.exact)
    passage.save()
    Sighting.objects.create(
        passage=passage, at=NOON, state=PassageState.INTACT, snapshot=snapshot
    )
    return passage


def a_citation(
    cited_by: Claim | Assessment,
    *,
    exact: str = "only minor damage",
    intact: bool = True,
) -> Citation:
    citation = editing.cite(
        cited_by,
        url=f"https://paper.example/story-{next(_numbers)}",
        exact=exact,
        by=a_person("reviewer"),
        at=NOON,
    )
    if intact:
        seen_intact(citation.passage)
    return citation


def an_assessment(
    claim: Claim, *, stance: str = Stance.CONTRADICTS, by: User | None = None
) -> Assessment:
    return editing.add_assessment(
        claim,
        assessor=a_claimant(),
        stance=stance,
        statement=f"The pictures show otherwise, {next(_numbers)} of them.",
        by=by or a_person("reviewer"),
        at=NOON,
    )


def an_article(text: str = "", **fields: object) -> Article:
    return intake.add_article(
        text=text or f'"The dam held," Mayor Ada Quill said on day {next(_numbers)}.',
        by=a_person("contributor"),
        at=NOON,
        **fields,
    )


def a_claim(
    status: str = ClaimStatus.NEW,
    *,
    writer: User | None = None,
    second: User | None = None,
    verdict: str = Verdict.FALSE,
    **fields: object,
) -> Claim:
    """A claim that went all the way to this status through the desk."""
    writer = writer or a_person("reviewer")
    claim = editing.create_claim(
        by=writer,
        at=NOON,
        **{
            "statement": f"The strike caused only minor damage to {next(_numbers)} sites.",
            "claimant": fields.pop("claimant", None) or a_claimant(),
            **fields,
        },
    )
    walk = _WALKS[ClaimStatus(status)]
    for step in walk:
        claim = _STEPS[step](claim, writer, second or a_person("reviewer"), verdict)
    return Claim.objects.get(pk=claim.pk)


def _cited(claim, writer, second, verdict):
    a_citation(claim)
    return claim


def _taken(claim, writer, second, verdict):
    return workflow.take(claim, by=writer, at=NOON)


def _submitted(claim, writer, second, verdict):
    workflow.write_review(
        claim,
        verdict=verdict,
        summary="Satellite images show two halls without a roof.",
        explanation="Three sets of images were compared.",
        by=writer,
        at=NOON,
    )
    return workflow.submit(claim, by=writer, at=NOON)


def _agreed(claim, writer, second, verdict):
    return workflow.second(claim, verdict=verdict, by=second, at=NOON)


def _disagreed(claim, writer, second, verdict):
    other = Verdict.MIXED if verdict != Verdict.MIXED else Verdict.FALSE
    return workflow.second(claim, verdict=other, by=second, at=NOON)


def _doubted(claim, writer, second, verdict):
    return workflow.recheck(claim, reason="reported", at=NOON, note="A reader wrote.")


def _correcting(claim, writer, second, verdict):
    return workflow.start_correction(claim, by=writer, at=NOON)


def _retracted(claim, writer, second, verdict):
    return workflow.retract(
        claim, by=a_person("editor"), at=NOON, note="The quotation was invented."
    )


def _dismissed(claim, writer, second, verdict):
    return workflow.dismiss(claim, by=writer, at=NOON, reason="An opinion.")


_STEPS = {
    "cited": _cited,
    "taken": _taken,
    "submitted": _submitted,
    "agreed": _agreed,
    "disagreed": _disagreed,
    "doubted": _doubted,
    "correcting": _correcting,
    "retracted": _retracted,
    "dismissed": _dismissed,
}
_PUBLISHED = ("cited", "taken", "submitted", "agreed")
_WALKS = {
    ClaimStatus.NEW: (),
    ClaimStatus.IN_REVIEW: ("cited", "taken"),
    ClaimStatus.SECOND_REVIEW: ("cited", "taken", "submitted"),
    ClaimStatus.ARBITRATION: ("cited", "taken", "submitted", "disagreed"),
    ClaimStatus.PUBLISHED: _PUBLISHED,
    ClaimStatus.RECHECK: (*_PUBLISHED, "doubted"),
    ClaimStatus.CORRECTING: (*_PUBLISHED, "correcting"),
    ClaimStatus.RETRACTED: (*_PUBLISHED, "retracted"),
    ClaimStatus.DISMISSED: ("dismissed",),
}
