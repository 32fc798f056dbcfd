"""The moves of a claim through the desk, each at an address of its own."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.http import parse_etags
from rest_framework.decorators import action

from claims import workflow
from claims.api.shapes import moves as shapes
from claims.api.shapes.claims import ClaimOut
from claims.api.shapes.reviews import ReviewOut
from claims.api.views.rows import ClaimResource, with_deliberation
from claims.errors import Overtaken, Rewritten
from claims.models import Claim, Review
from claims.vocabulary import Scope
from claims.workflow import Seen
from claims.workflow.seen import edition, text_of
from sources.api.refusals import PreconditionRequired
from sources.api.resource import Operation
from sources.api.shapes import NothingIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

    from sources.api.shapes import In

REVIEWER, EDITOR = "reviewer", "editor"
DECIDE = (Scope.REVIEW_DECIDE,)
PUBLISH = (Scope.PUBLISH,)


def _move(
    summary: str,
    takes: type[In] = NothingIn,
    *,
    role: str = REVIEWER,
    scopes: tuple[str, ...] = DECIDE,
    refuses: tuple[int, ...] = (HTTPStatus.CONFLICT,),
    conditional: bool = False,
) -> Operation:
    return Operation(
        summary=summary,
        takes=takes,
        gives=ClaimOut,
        scopes=scopes,
        role=role,
        refuses=(*refuses, HTTPStatus.PRECONDITION_FAILED),
        conditional=conditional,
    )


NOT_PUBLISHABLE = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)

MOVES = {
    "take": _move("Take a claim"),
    "assign": _move("Assign a claim to a reviewer", shapes.AssignIn, role=EDITOR),
    "release": _move("Put a claim back"),
    "reset": _move("Reset a claim", shapes.ReasonIn, role=EDITOR),
    "dismiss": _move("Dismiss a claim", shapes.ReasonIn),
    "write_review": Operation(
        summary="Write the review of a claim",
        takes=shapes.WriteReviewIn,
        gives=ReviewOut,
        scopes=DECIDE,
        role=REVIEWER,
        refuses=(
            HTTPStatus.CONFLICT,
            HTTPStatus.PRECONDITION_FAILED,
            HTTPStatus.PRECONDITION_REQUIRED,
        ),
    ),
    "submit": _move("Submit the review", shapes.SubmitIn, refuses=NOT_PUBLISHABLE),
    "second": _move(
        "Record the second verdict",
        shapes.SecondIn,
        scopes=(*DECIDE, *PUBLISH),
        refuses=NOT_PUBLISHABLE,
        conditional=True,
    ),
    "send_back": _move("Send the review back to its writer", shapes.ReasonIn),
    "arbitrate": _move(
        "Arbitrate between two verdicts",
        shapes.ArbitrateIn,
        scopes=(*DECIDE, *PUBLISH),
        refuses=NOT_PUBLISHABLE,
        conditional=True,
    ),
    "reaffirm": _move(
        "Reaffirm the published review",
        shapes.NoteIn,
        scopes=PUBLISH,
        refuses=NOT_PUBLISHABLE,
    ),
    "start_correction": _move("Start a correction", scopes=PUBLISH),
    "abandon_correction": _move(
        "Abandon a correction",
        shapes.NoteIn,
        scopes=PUBLISH,
        refuses=NOT_PUBLISHABLE,
    ),
    "undo": _move("Undo a publication that readers have not seen", scopes=PUBLISH),
    "retract": _move(
        "Retract the published review", shapes.NoteIn, role=EDITOR, scopes=PUBLISH
    ),
}


class Moves(ClaimResource):
    """
    What reviewers do with a claim.

    `If-Match` may be sent; then a move is refused (412) if the claim's words were
    changed since they were read. A second verdict and a third have to send it.
    """

    def moved(self, move: Callable[..., Any]) -> Response:
        """Make the move and answer with the claim as it stands then."""
        claim, fields = self.get_object(), self.taken()
        if "If-Match" in self.request.headers:
            self.expected_version(claim)
        move(claim, by=self.caller, **fields)
        return self.given(self.get_object())

    def judged(self, judge: Callable[..., Any]) -> Response:
        """Make a move that rests on the claim and what others say, as they were read."""
        claim, seen = self.get_object(), Seen()
        self.taken()
        if self.operation.conditional or "If-Match" in self.request.headers:
            words = self.expected_version(claim)
            seen = Seen(words=words, voices=self.read_beside(claim))
        try:
            return self.moved(partial(judge, at=self.now, seen=seen))
        except Overtaken as exc:
            raise self.stale(self.get_object()) from exc

    @action(detail=True, methods=["post"], url_path="moves/take")
    def take(self, request: Request, pk: str) -> Response:
        """Begin to work on a claim. A new one goes into review."""
        return self.moved(partial(workflow.take, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/assign")
    def assign(self, request: Request, pk: str) -> Response:
        """Give a claim to another reviewer."""
        return self.moved(partial(workflow.assign, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/release")
    def release(self, request: Request, pk: str) -> Response:
        """Put a claim back for anybody to take. Its status stays."""
        return self.moved(workflow.release)

    @action(detail=True, methods=["post"], url_path="moves/reset")
    def reset(self, request: Request, pk: str) -> Response:
        """Send a claim that was never published back to the start."""
        return self.moved(partial(workflow.reset, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/dismiss")
    def dismiss(self, request: Request, pk: str) -> Response:
        """Set a claim aside that is not worth checking."""
        return self.moved(partial(workflow.dismiss, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/write-review")
    def write_review(self, request: Request, pk: str) -> Response:
        """
        Keep what was found so far. Nobody else sees it until both verdicts are in.

        Where you wrote before, `If-Match` has to name what you read of it: the `ETag`
        of that review. Else 428; 412 with the review where it was written on since.
        """
        claim, fields = self.claim(), self.taken()
        seen = self._read_before(claim)
        try:
            review = workflow.write_review(
                claim, by=self.caller, at=self.now, seen=seen, **fields
            )
        except Rewritten as exc:
            raise self.stale(self._own(claim).get()) from exc
        return self.given(with_deliberation(Review.objects.filter(pk=review.pk)).get())

    def _own(self, claim: Claim) -> QuerySet[Review]:
        unpublished = Review.objects.unpublished().filter(claim=claim)
        return with_deliberation(unpublished.filter(written_by=self.caller))

    def _read_before(self, claim: Claim) -> Seen:
        """Return which edition of their own review the caller has read."""
        # The number first: what is written after it is told by the operation.
        number = edition(self._own(claim).first())
        review = self._own(claim).first()
        if review is None or not any(text_of(review).values()):
            return Seen()
        header = self.request.headers.get("If-Match")
        if header is None:
            raise PreconditionRequired
        stale = self.stale(review)
        if header.strip() != "*" and stale.etag not in parse_etags(header):
            raise stale
        return Seen(review=number)

    @action(detail=True, methods=["post"], url_path="moves/submit")
    def submit(self, request: Request, pk: str) -> Response:
        """
        Hand the written review to a second pair of eyes.

        One that replaces a published review needs a kind and a note for readers.
        """
        return self.judged(workflow.submit)

    @action(detail=True, methods=["post"], url_path="moves/second")
    def second(self, request: Request, pk: str) -> Response:
        """
        Record the second verdict, blind. Agreement publishes, else it is arbitrated.

        `If-Match` has to name what you read: the `ETag` of the claim, got before its
        assessments were. Else 428; 412 where the claim, or what others say about it, is
        another by now.
        """
        return self.judged(workflow.second)

    @action(detail=True, methods=["post"], url_path="moves/send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Return the review to its writer with a reason. Both verdicts are open again."""
        return self.moved(partial(workflow.send_back, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/arbitrate")
    def arbitrate(self, request: Request, pk: str) -> Response:
        """
        Decide between two verdicts, as a third person, and publish.

        A verdict that is not the writer's needs a summary that fits it. `If-Match` as
        with the second verdict.
        """
        return self.judged(workflow.arbitrate)

    @action(detail=True, methods=["post"], url_path="moves/reaffirm")
    def reaffirm(self, request: Request, pk: str) -> Response:
        """Say that the published review still stands."""
        return self.moved(partial(workflow.reaffirm, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/start-correction")
    def start_correction(self, request: Request, pk: str) -> Response:
        """Begin the next version of a published review. The old one stands meanwhile."""
        return self.moved(partial(workflow.start_correction, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/abandon-correction")
    def abandon_correction(self, request: Request, pk: str) -> Response:
        """Leave the published review as it stands."""
        return self.moved(partial(workflow.abandon_correction, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/undo")
    def undo(self, request: Request, pk: str) -> Response:
        """
        Take back what you published a moment ago, before readers see it.

        The claim stands where it stood before; after some seconds it is too late: 409.
        """
        return self.moved(partial(workflow.undo, at=self.now))

    @action(detail=True, methods=["post"], url_path="moves/retract")
    def retract(self, request: Request, pk: str) -> Response:
        """Withdraw a published review for good. A page with the note stays."""
        return self.moved(partial(workflow.retract, at=self.now))
