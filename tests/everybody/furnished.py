"""A house with a row in every state, and the address of every page that shows one."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from claims import drafting, editing, intake, shelving, snoozing, workflow
from claims.desk.folding import WHOLE_AT_MOST
from claims.models import Audit, Claim, Import
from claims.vocabulary import ClaimStatus, CorrectionKind, Stance, Verdict
from sources.models import Passage, Sighting, Snapshot, Source
from sources.vocabulary import PassageState, SourceState
from tests.admin.rooms import MODELS, address, furnish
from tests.claims.exchange import files
from tests.desk.looked_at import checked
from tests.everybody.extremes import Extremes
from tests.everybody.suggested import (
    contradict_each_other,
    contradicts_a_claim,
    much_cited,
    repeats,
    suggested_about,
)
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    a_snapshot,
    a_source,
    an_article,
    an_assessment,
)

ARTICLE = "\n".join(
    f'"Gate {n} of the dam held through the night," Mayor Ada Quill said.'
    for n in range(1, 7)
)


def a_claim_with_everything(ana, ben) -> Claim:
    """A claim that Ana reviews, with all that can stand on its page."""
    now = timezone.now()
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana, topics=["strike", "weather"])
    for state in PassageState:
        passage = a_citation(claim, exact=f"words that are {state}").passage
        Passage.objects.filter(pk=passage.pk).update(state=state, state_since=now)
        Source.objects.filter(pk=passage.source_id).update(
            title=f"A page on which words are {state}", last_checked_at=now
        )
    for stance in Stance:
        an_assessment(claim, stance=stance)
    a_citation(an_assessment(claim))
    editing.add_assessment(
        claim,
        assessor=a_claimant(),
        stance=Stance.SUPPORTS,
        statement="The pictures show what was said.",
        suggested=True,
        by=ben,
        at=NOON,
    )
    drafting.be_here(claim, by=ben, at=now)
    Claim.objects.filter(pk=claim.pk).update(due_at=now - timedelta(hours=1))
    return claim


def a_source_with_everything(passage: Passage) -> list[Snapshot]:
    """What a page can tell of this passage's source: checks, versions, a change."""
    source = passage.source
    before = a_snapshot(source, f"Snow fell. {passage.exact} It is cold today.")
    after = a_snapshot(source, f"Rain fell. {passage.exact} It is warm, and not dry.")
    Sighting.objects.create(
        passage=passage, at=timezone.now(), state=PassageState.INTACT, snapshot=after
    )
    checked(source, ["unchanged"] * 3, http_status=304, snapshot=before)
    checked(source, ["changed"], began=NOON + timedelta(days=2), snapshot=after)
    checked(
        source,
        ["failing", "blocked", "gone"],
        began=NOON + timedelta(days=3),
        http_status=503,
        detail="The site did not answer within thirty seconds.",
        hops=[{"url": "https://paper.example/", "status": 301, "address": "192.0.2.1"}],
    )
    return [before, after]


def candidates_in_every_state(by) -> list[str]:
    """Return the addresses of an article: as it is, one open for editing, for merging."""
    article = an_article(ARTICLE, title="The dam")
    found = list(intake.propose(article, at=NOON))
    accepted = intake.accept(found[0], by=by, at=NOON)
    intake.reject(found[1], by=by, at=NOON)
    intake.merge(found[2], accepted, by=by, at=NOON)
    contradicts_a_claim(found[3])
    contradict_each_other(found[5], found[3])
    repeats(found[5])
    address = article.get_absolute_url()
    return [address, f"{address}?edit={found[3].pk}", f"{address}?merge={found[4].pk}"]


def files_in_some_states() -> list[Import]:
    """Files that were brought: one that waits, one at work, one that is done."""
    content = files.table(*files.some_lines(3), ["", "Ada Quill", "3/4/2026"])
    at_work = files.bring(content, name="at-work.csv", starts=True)
    done = files.bring(files.ndjson(files.a_check()), name="done.ndjson", starts=True)
    Import.objects.filter(pk=done.pk).update(
        state="done", finished_at=NOON, kept_here=False
    )
    return [files.bring(content, name="checks.csv"), at_work, done]


class House:
    """Everything at once; `desk`, `panel` and `public` are the addresses of what is shown."""

    def __init__(self, ana):
        furnish()
        ben = a_person("reviewer", "ben")
        for state in SourceState:
            a_source(state=state, title=f"A page that is {state}", last_checked_at=NOON)
        self.claims = {
            status: a_claim(status, second=ben, language="ar") for status in ClaimStatus
        }
        self.mine = a_claim_with_everything(ana, ben)
        self.correcting = a_claim(ClaimStatus.CORRECTING, writer=ana)
        workflow.write_review(
            self.correcting,
            verdict=Verdict.MISLEADING,
            summary="Satellite images show three halls without a roof.",
            explanation="Three sets of images were compared.\nOne more came in May.",
            correction_kind=CorrectionKind.CORRECTION,
            correction_note="One hall was counted twice; one was not counted.",
            by=ana,
            at=NOON,
        )
        passage = Passage.objects.filter(exact="words that are altered").get()
        self.source = passage.source
        review = self.claims[ClaimStatus.PUBLISHED].reviews.get()
        # One in forty was drawn on being published.
        self.audit, _ = Audit.objects.get_or_create(
            review=review, defaults={"drawn_at": NOON}
        )
        self.people = [ana, ben]
        now = timezone.now()
        shelving.save("Late", filters={"due": "late"}, shared=True, by=ana, at=now)
        snoozing.snooze(
            self.claims[ClaimStatus.NEW], until=now + timedelta(days=1), by=ana, at=now
        )
        drafting.keep(
            self.claims[ClaimStatus.PUBLISHED],
            form="retract",
            fields={"reason": "The words were invented; nobody said them."},
            by=ana,
            at=now,
        )
        self.versions = a_source_with_everything(passage)
        self.inbox = candidates_in_every_state(ana)
        suggested_about(self.mine, a_person("contributor"))
        self.much_cited = much_cited(
            a_claim(ClaimStatus.IN_REVIEW, writer=ana), WHOLE_AT_MOST + 3
        )
        self.extremes = Extremes(ana)
        self.files = files_in_some_states()

    @property
    def desk(self) -> list[str]:
        source = self.source
        of_claims = [
            *self.claims.values(),
            self.mine,
            self.correcting,
            self.much_cited,
        ]
        first, second = (version.pk for version in self.versions)
        difference = reverse("desk:difference", args=[source.pk])
        return [
            *(
                f"/desk/?tab={tab}"
                for tab in ("mine", "unclaimed", "second", "recheck", "all")
            ),
            "/desk/?tab=all&q=nothing+of+the+sort",
            "/desk/inbox/",
            "/desk/inbox/?show=all",
            reverse("desk:page", args=[source.pk]),
            *self.inbox,
            *(reverse("desk:claim", args=[claim.pk]) for claim in of_claims),
            *(
                reverse("desk:claim", args=[self.mine.pk]) + f"?open={form}"
                for form in ("assessment", "citation", "change")
            ),
            *(
                reverse("desk:compare", args=[self.claims[status].pk])
                for status in (ClaimStatus.ARBITRATION, ClaimStatus.PUBLISHED)
            ),
            reverse("desk:preview", args=[self.correcting.pk]),
            reverse("desk:retract", args=[self.claims[ClaimStatus.PUBLISHED].pk]),
            reverse("desk:source", args=[source.pk]),
            reverse("desk:checks", args=[source.pk]),
            reverse("desk:version", args=[source.pk, first]),
            f"{difference}?from={first}&to={second}",
            f"{difference}?from={first}&to={second}&view=side",
            reverse("desk:history", args=[self.mine.pk]),
            reverse("desk:record", args=[self.mine.pk]),
            reverse("desk:amend", args=[self.mine.assessments.first().pk]),
            reverse("desk:history", args=[self.correcting.pk]),
            *(
                reverse("desk:recite", args=[claim.pk, claim.citations.first().pk])
                for claim in (self.mine, self.claims[ClaimStatus.PUBLISHED])
            ),
            reverse("desk:snooze", args=[self.mine.pk]),
            reverse("desk:views"),
            "/desk/?tab=snoozed",
            reverse("desk:people"),
            *(reverse("desk:person", args=[person.pk]) for person in self.people),
            reverse("desk:audit", args=[self.audit.pk]),
            reverse("desk:hosts"),
            reverse("desk:keys"),
            reverse("desk:host", args=[source.host]),
            reverse("desk:imports"),
            *(reverse("desk:import", args=[file.pk]) for file in self.files),
            *self.extremes.desk,
        ]

    @property
    def panel(self) -> list[str]:
        return [
            "/admin/",
            *(address(model) for model in MODELS),
            address("claims.claim", "change", self.mine.pk),
            address("claims.claim", "history", self.mine.pk),
            address("claims.assessment", "add"),
            address("claims.accesstoken", "add"),
        ]

    @property
    def public(self) -> list[str]:
        shown = [claim for claim in self.claims.values() if claim.is_public]
        return [
            "/",
            "/?q=damage",
            "/?q=nothing+of+the+sort",
            *(claim.get_absolute_url() for claim in shown),
            *(reverse("public:embed", args=[claim.pk]) for claim in shown),
            reverse("public:claim-version", args=[shown[0].pk, 1]),
            reverse("public:claimant", args=[shown[0].claimant_id]),
            *self.extremes.public,
            "/corrections",
            "/methodology",
            "/no-such-page",
            "/sign-in/",
        ]
