"""The sample data: a newsroom in the middle of its work, through its own operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from claims import editing, intake, workflow
from claims.models import Article, Claim, Claimant
from claims.vocabulary import CONTRADICTING, CitationRole, Stance, Verdict
from config.demo import dossier, edition
from config.demo.people import sign_ins
from config.demo.press import OPENED, open_anew
from config.demo.reading import read_pages
from sources import attaching

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from claims.models import Assessment, Citation

# Articles that wait in the inbox; a worker reads them and proposes candidates.
WAITING = ("reading-the-silence-from-orumat", "the-annex-nobody-reads")


def load(*, press_url: str, now: datetime) -> None:
    """
    Fill an empty house: people, claimants, claims at every point of their way.

    Does nothing where there are claims. The pages of the press are looked at first,
    as nothing is published before its quotes were seen standing.
    """
    people = sign_ins()
    if Claim.objects.exists():
        return
    newsroom = Newsroom(
        people=people,
        press_url=press_url.rstrip("/"),
        opened=open_anew(file=OPENED, now=now),
        now=now,
    )
    newsroom.watch_quotes()
    read_pages(newsroom.press_url, now=now)
    with transaction.atomic():
        newsroom.introduce_speakers()
        for statement in dossier.statements():
            newsroom.track(statement)
        for slug in WAITING:
            newsroom.feed(edition.article(slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The people of the sample, and the two clocks: when the press opened, and now."""

    people: dict[str, User]
    press_url: str
    opened: datetime
    now: datetime

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        day = (self.opened - timedelta(days=days_ago)).date()
        return datetime.combine(day, time(hour, minute), tzinfo=UTC)

    # --- What there is before any review --------------------------------------

    def watch_quotes(self) -> None:
        """Have every page that is going to be cited, with the words to look for."""
        for statement in dossier.statements():
            for slug, exact in statement.quotes():
                article = edition.article(slug)
                before, after = article.around(exact)
                source = attaching.attach(self.press_url + article.path, now=self.now)
                attaching.watch(
                    source, exact=exact, prefix=before, suffix=after, now=self.now
                )

    def introduce_speakers(self) -> None:
        known: dict[str, Claimant] = {}
        for speaker in dossier.speakers():
            known[speaker.name] = editing.create_claimant(
                name=speaker.name,
                kind=speaker.kind,
                aliases=list(speaker.aliases),
                role=speaker.role,
                affiliation=known.get(speaker.affiliation),
                by=self.people["editor"],
                at=self.at(30, 9),
            )

    def feed(self, article: edition.Article) -> Article:
        """Put an article into the inbox."""
        return intake.add_article(
            text=article.body,
            title=article.headline,
            publisher=edition.PAPERS[article.paper],
            published_on=article.published_at(self.opened).date(),
            source_url=self.press_url + article.path,
            by=self.people["editor"],
            at=self.now,
        )

    # --- One statement, from its recording to where it stands -----------------

    def track(self, told: dossier.Statement) -> None:
        claim = self.record(told)
        for voice in told.assessments:
            self.hear(claim, voice)
        if step := told.dismissal:
            workflow.dismiss(
                claim,
                by=self.people[step.by],
                at=self.at(step.days_ago, 10),
                reason=step.note,
            )
        if told.draft:
            self.write(claim, told.draft)
        if step := told.differs:
            workflow.second(
                claim,
                verdict=step.verdict,
                by=self.people[step.by],
                at=self.at(step.days_ago, 15, 40),
                note=step.note,
            )
        for finding in (told.review, told.correction):
            if finding:
                self.publish(claim, finding)
        if step := told.retraction:
            workflow.retract(
                claim,
                by=self.people[step.by],
                at=self.at(step.days_ago, 17),
                note=step.note,
            )

    def record(self, told: dossier.Statement) -> Claim:
        claimant = Claimant.objects.get(name=told.claimant)
        claim = editing.create_claim(
            by=self.people["editor"],
            at=self.at(told.days_ago, 13),
            due_at=self.now + timedelta(hours=told.due_in_hours),
            statement=told.statement,
            original_wording=told.exact,
            form=told.form,
            topics=[told.topic],
            claimant=claimant,
            role_at_time=claimant.role,
            said_at=self.at(told.days_ago, 0),
        )
        self.cite(claim, told.article, told.exact, role=CitationRole.SAID_HERE)
        return claim

    def hear(self, claim: Claim, voice: dossier.Voice) -> None:
        """Record what somebody else says about a claim."""
        assessment = editing.add_assessment(
            claim,
            by=self.people["ana"],
            at=self.at(voice.days_ago, 14),
            assessor=Claimant.objects.get(name=voice.assessor),
            stance=voice.stance,
            statement=voice.statement,
            said_at=self.at(voice.days_ago, 0),
        )
        self.cite(assessment, voice.article, voice.exact, role=_role(voice.stance))

    def cite(
        self, cited_by: Claim | Assessment, slug: str, exact: str, *, role: CitationRole
    ) -> Citation:
        article = edition.article(slug)
        before, after = article.around(exact)
        return editing.cite(
            cited_by,
            url=self.press_url + article.path,
            exact=exact,
            prefix=before,
            suffix=after,
            role=role,
            by=self.people["editor"],
            at=self.now,
        )

    def write(self, claim: Claim, finding: dossier.Finding) -> None:
        """Take a claim and write a review of it; hand it on if it was submitted."""
        by, day = self.people[finding.by], finding.days_ago
        if finding.kind:
            workflow.start_correction(claim, by=by, at=self.at(day, 9))
        else:
            workflow.take(claim, by=by, at=self.at(day, 9))
        workflow.write_review(
            claim,
            by=by,
            at=self.at(day, 10, 30),
            verdict=finding.verdict,
            summary=finding.summary,
            explanation=finding.explanation,
        )
        if finding.submitted or finding.second:
            workflow.submit(
                claim,
                by=by,
                at=self.at(day, 11),
                correction_kind=finding.kind,
                correction_note=finding.note,
            )

    def publish(self, claim: Claim, finding: dossier.Finding) -> None:
        """Have a review written and seconded by somebody who finds the same."""
        self.write(claim, finding)
        workflow.second(
            claim,
            verdict=Verdict(finding.verdict),
            by=self.people[finding.second],
            at=self.at(finding.days_ago, 15, 40),
        )


def _role(stance: str) -> CitationRole:
    if stance in CONTRADICTING:
        return CitationRole.EVIDENCE_AGAINST
    if stance == Stance.SUPPORTS:
        return CitationRole.EVIDENCE_FOR
    return CitationRole.CONTEXT
