"""Something of every kind that is there, and who may not know of it."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.apps import apps
from django.utils import timezone

from claims import editing, intake, shelving, webhooks, workflow
from claims.access import Role
from claims.models import AccessToken, Audit, Import
from claims.vocabulary import ClaimStatus
from sources.models import Capture, Check, Host, LostPage, Robots
from sources.vocabulary import RobotsStanding
from tests.admin.rooms import MODELS, furnish
from tests.claims.telling import a_webhook
from tests.factories import (
    NOON,
    a_claim,
    a_claimant,
    a_person,
    an_article,
    an_assessment,
    seen_intact,
)

# Nobody's but its owner's.
OWN = Role.ADMIN + 1


@dataclass(frozen=True)
class Hidden:
    """A row by its keys, as addresses name it, and the least role that may know of it."""

    least: int
    keys: dict
    # Of what it belongs to, which is no secret: tried where an address takes both.
    within: dict = field(default_factory=dict)

    @property
    def there(self):
        """All the keys."""
        return self.within | self.keys

    @property
    def missing(self):
        """The keys of a row that is not there."""
        other = {name: _another(name, value) for name, value in self.keys.items()}
        return self.within | other


def _another(name, value):
    if name in {"number", "slug"}:
        return value
    if name == "name":
        return "nothing.example"
    if str(value).isdecimal():
        return type(value)(int(value) + 1_000_000)
    return type(value)(str(uuid4()))


class House:
    """What is hidden, by what stands before its keys in the addresses that show it."""

    def __init__(self, wanda):
        furnish()
        self.claims = [
            a_claim(status, writer=wanda)
            for status in ClaimStatus
            if status in {ClaimStatus.NEW, ClaimStatus.SECOND_REVIEW}
        ]
        waiting = next(c for c in self.claims if c.status == ClaimStatus.SECOND_REVIEW)
        self.review = waiting.reviews.get()
        # Readers see it when it can no longer be undone.
        undoable = a_claim(ClaimStatus.SECOND_REVIEW)
        workflow.second(undoable, verdict="false", by=a_person(), at=timezone.now())
        self.claims.append(undoable)
        self.untold = undoable.told.get()
        self.evidence = _secret_evidence(self.review, wanda)
        self.suggested = an_assessment(undoable, by=a_person("contributor"))
        self.unheard = a_claimant()
        article = an_article()
        [self.candidate, *_] = intake.propose(article, at=NOON)
        self.view = shelving.save(
            "Late", filters={"due": "late"}, shared=False, by=wanda, at=NOON
        )
        self.webhook = a_webhook(owner=wanda)
        now = timezone.now()
        self.sent = webhooks.send_test(self.webhook, by=wanda, at=now)
        self.token, _ = AccessToken.issue(
            user=wanda, name="hers", scopes=["claims:read"], now=NOON
        )
        self.audit = Audit.objects.first() or Audit.objects.create(
            review=a_claim("published").reviews.get(), drawn_at=NOON
        )
        self.wanda = wanda
        self.file = Import.objects.create(
            name="hers.csv", format="csv", digest="0" * 64, bytes=1, added_at=NOON
        )

    @property
    def rows(self):
        desk = Role.CONTRIBUTOR
        page = [Hidden(OWN, _page_of(self.evidence))]
        candidate = self.candidate
        article = {"pk": candidate.article_id, "candidate": candidate.pk}
        view = [Hidden(OWN, {"pk": self.view.pk})]
        file = [Hidden(Role.EDITOR, {"pk": self.file.pk})]
        judged = {"pk": self.review.claim_id}
        secret = Hidden(OWN, {"citation": self.evidence.pk}, within=judged)
        suggested = {"pk": self.suggested.pk, "citation": uuid4()}
        return {
            "c/": self._of_claims(desk, number=1, slug="x"),
            "embed/": self._of_claims(desk),
            "p/": [Hidden(desk, {"pk": self.unheard.pk})],
            "desk/claims/": [*self._of_claims(desk, citation=uuid4()), secret],
            "desk/articles/": [Hidden(desk, article)],
            "desk/candidates/": [Hidden(desk, {"pk": candidate.pk})],
            "desk/assessments/": [Hidden(desk, suggested)],
            "desk/citations/": [Hidden(OWN, {"pk": self.evidence.pk})],
            "desk/views/": view,
            "desk/imports/": file,
            "desk/people/": [Hidden(Role.EDITOR, {"pk": self.wanda.pk})],
            "desk/audits/": [Hidden(Role.EDITOR, {"pk": self.audit.pk})],
            "desk/inbox/pages/": page,
            "desk/sources/": page,
            "desk/hosts/": [Hidden(OWN, {"name": self.evidence.passage.source.host})],
            "api/v1/claims/": [*self._of_claims(desk, citation=uuid4()), secret],
            "api/v1/claimants/": [Hidden(desk, {"pk": self.unheard.pk})],
            "api/v1/assessments/": [Hidden(desk, suggested)],
            "api/v1/articles/": [Hidden(desk, article)],
            "api/v1/reviews/": [Hidden(desk, {"pk": self.review.pk})],
            "api/v1/views/": view,
            "api/v1/tokens/": [Hidden(OWN, {"pk": self.token.pk})],
            "api/v1/webhooks/": [
                Hidden(OWN, {"pk": self.webhook.pk, "delivery": self.sent.pk})
            ],
            "api/v1/events/": [Hidden(OWN, {"pk": self.untold.pk})],
            "api/v1/sources/": page,
            "api/v1/imports/": file,
            "api/v1/jobs/": file,
            **_of_panel(self.evidence),
        }

    def _of_claims(self, least, **more):
        return [Hidden(least, {"pk": claim.pk, **more}) for claim in self.claims]


def _page_of(citation):
    passage = citation.passage
    return {"pk": passage.source_id, "snapshot": passage.snapshot_id}


def _secret_evidence(review, by):
    """A page that only this review rests on, with all that workers know of it."""
    citation = editing.cite(
        review,
        url="https://proof.example/evidence",
        exact="Most of it holds",
        role="evidence_for",
        by=by,
        at=NOON,
    )
    source = seen_intact(citation.passage).source
    origin = f"https://{source.host}"
    Host.objects.create(name=source.host)
    LostPage.objects.create(origin=origin, folder="/", seen_at=NOON)
    Robots.objects.create(
        origin=origin,
        standing=RobotsStanding.UNREACHABLE,
        fetched_at=NOON,
        standing_since=NOON,
    )
    Capture.objects.create(
        source=source, lease_token=uuid4(), fetched_at=NOON, answer={}
    )
    Check.objects.create(
        source=source,
        lease_token=uuid4(),
        started_at=NOON,
        duration_ms=12,
        outcome="changed",
        snapshot=citation.passage.snapshot,
    )
    return citation


def _of_panel(evidence):
    """A row of everything in the panel; what is about the secret page is nobody's."""
    passage = evidence.passage
    source, origin = passage.source, f"https://{passage.source.host}"
    secret = {
        "claims.citation": evidence,
        "sources.source": source,
        "sources.passage": passage,
        "sources.snapshot": passage.snapshot,
        "sources.sighting": passage.sightings.first(),
        "sources.check": source.checks.first(),
        "sources.capture": Capture.objects.get(source=source),
        "sources.host": Host.objects.get(name=source.host),
        "sources.robots": Robots.objects.get(origin=origin),
        "sources.lostpage": LostPage.objects.get(origin=origin),
    }
    found = {}
    for model in MODELS:
        row = secret.get(model)
        any_row = row or apps.get_model(model)._default_manager.first()
        keys = {"object_id": str(any_row.pk), "id": str(any_row.pk)}
        least = Role.EDITOR if row is None else OWN
        found[f"admin/{model.replace('.', '/')}/"] = [Hidden(least, keys)]
    return found
