"""The API of articles and of what is proposed from them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404

from claims import feeding, intake
from claims.api.shapes.articles import (
    AcceptIn,
    ArticleFormIn,
    ArticleIn,
    ArticleOut,
    ArticleTextOut,
    CandidateOut,
    MergeIn,
)
from claims.api.shapes.claims import ClaimOut
from claims.api.views import queries
from claims.api.views.rows import ClaimResource, address
from claims.models import Article, Candidate
from claims.tasks import wake_reading
from claims.texts import MAX_FILE_BYTES
from claims.vocabulary import Scope
from sources.api.resource import KEY, Operation
from sources.api.views import nudge

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

READ, WRITE = (Scope.CLAIMS_READ,), (Scope.CLAIMS_WRITE,)
CONTRIBUTOR, REVIEWER = "contributor", "reviewer"
ONE = f"candidates/(?P<candidate>{KEY})"


class ArticleViewSet(ClaimResource):
    """Articles fed to the desk."""

    max_body_bytes = 4 * 1024 * 1024  # a million characters, with room for escapes
    max_upload_bytes = MAX_FILE_BYTES + 64 * 1024  # with what is told beside the file
    operations = {
        "list": Operation(
            summary="List articles",
            gives=ArticleOut,
            asks=queries.ArticleQuery,
            scopes=READ,
            role=CONTRIBUTOR,
            sorts={"added_at": "added_at"},
            sort="-added_at",
        ),
        "create": Operation(
            summary="Feed an article",
            takes=ArticleIn,
            takes_form=ArticleFormIn,
            gives=ArticleOut,
            status=HTTPStatus.CREATED,
            known_is_given=True,
            may_be_begun=True,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "retrieve": Operation(
            summary="Read an article with its text",
            gives=ArticleTextOut,
            scopes=READ,
            role=CONTRIBUTOR,
        ),
        "candidates": Operation(
            summary="List the candidates of an article",
            gives=CandidateOut,
            asks=queries.CandidateQuery,
            scopes=READ,
            role=CONTRIBUTOR,
            sorts={"start": "start"},
            sort="start",
        ),
        "candidate": Operation(
            summary="Read a candidate",
            gives=CandidateOut,
            scopes=READ,
            role=CONTRIBUTOR,
        ),
        "accept": Operation(
            summary="Accept a candidate",
            takes=AcceptIn,
            gives=ClaimOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "merge": Operation(
            summary="Merge a candidate into a tracked claim",
            takes=MergeIn,
            gives=ClaimOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "reject": Operation(
            summary="Reject a candidate",
            gives=CandidateOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "reconsider": Operation(
            summary="Have a candidate decided once more",
            gives=CandidateOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Article.objects.with_open_candidates().select_related("added_by")

    def list(self, request: Request) -> Response:
        articles = self.get_queryset().defer("text")
        if "read" in self.asked:
            articles = articles.filter(read_at__isnull=not self.asked["read"])
        if "q" in self.asked:
            articles = articles.filter(title__icontains=self.asked["q"])
        return self.listed(articles)

    def create(self, request: Request) -> Response:
        """
        Keep an article. A worker reads it soon and proposes candidates.

        It comes as a text, as a file in a form (`multipart/form-data`), or as the
        address of a page, which a worker fetches: that is answered with 202, and
        `state` tells how it went. The same text given twice is one article: it is given
        with 200.
        """
        told = self.taken()
        article = self._fed(told)
        new = article.added_at == self.now
        if new or article.waits_for_page:
            wake_reading(article)
        fed = HTTPStatus.CREATED if new else HTTPStatus.OK
        return self.given(
            self.get_queryset().get(pk=article.pk),
            status=HTTPStatus.ACCEPTED if article.waits_for_page else fed,
            at=address("article", article),
        )

    def _fed(self, told: dict[str, Any]) -> Article:
        who: dict[str, Any] = {"by": self.caller, "at": self.now}
        if "url" in told:
            return feeding.add_page(told.pop("url"), **who, **told)
        if "file" in told:
            return feeding.add_file(told.pop("file"), **who, **told)
        return feeding.add_article(**who, **told)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    @action(detail=True)
    def candidates(self, request: Request, pk: str) -> Response:
        article = get_object_or_404(Article.objects.only("pk"), pk=pk)
        candidates = article.candidates.select_related("decided_by")
        if states := self.asked.get("state"):
            candidates = candidates.filter(state__in=states)
        return self.listed(candidates)

    @action(detail=True, url_path=ONE)
    def candidate(self, request: Request, pk: str, candidate: str) -> Response:
        return self.given(_candidate(pk, candidate))

    @action(detail=True, methods=["post"], url_path=f"{ONE}/accept")
    def accept(self, request: Request, pk: str, candidate: str) -> Response:
        """Make a claim of it, with its passage and citation."""
        proposed = _candidate(pk, candidate)
        fields = self.taken()
        claim = intake.accept(proposed, by=self.caller, at=self.now, **fields)
        nudge()
        return self.given(self.own(claim), at=address("claim", claim))

    @action(detail=True, methods=["post"], url_path=f"{ONE}/merge")
    def merge(self, request: Request, pk: str, candidate: str) -> Response:
        """Count it as another report of a claim that is tracked."""
        proposed = _candidate(pk, candidate)
        claim = intake.merge(
            proposed, self.taken()["claim"], by=self.caller, at=self.now
        )
        nudge()
        return self.given(self.own(claim))

    @action(detail=True, methods=["post"], url_path=f"{ONE}/reject")
    def reject(self, request: Request, pk: str, candidate: str) -> Response:
        """Set it aside. It stays on record with the article."""
        proposed = _candidate(pk, candidate)
        self.taken()
        return self.given(intake.reject(proposed, by=self.caller, at=self.now))

    @action(detail=True, methods=["post"], url_path=f"{ONE}/reconsider")
    def reconsider(self, request: Request, pk: str, candidate: str) -> Response:
        """The claim that was made of it goes, if nothing was done with it since."""
        proposed = _candidate(pk, candidate)
        self.taken()
        intake.reconsider(proposed, by=self.caller)
        return self.given(_candidate(pk, candidate))


def _candidate(article: str, key: str) -> Candidate:
    candidates = Candidate.objects.select_related("decided_by")
    found: Candidate = get_object_or_404(candidates, pk=key, article=article)
    return found
