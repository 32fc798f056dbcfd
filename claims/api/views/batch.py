"""The API of many claims at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims import editing
from claims.access import Role
from claims.api.shapes.batch import BatchIn, BatchOut, ClaimOfManyIn, named_in
from claims.api.views.rows import ClaimResource
from claims.models import Claim
from claims.vocabulary import Scope
from sources.api.resource import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rest_framework.request import Request
    from rest_framework.response import Response


class BatchViewSet(ClaimResource):
    """Claims, many at once."""

    operations = {
        "create": Operation(
            summary="Record up to 500 claims",
            takes=BatchIn,
            gives=BatchOut,
            scopes=(Scope.CLAIMS_WRITE,),
            role=Role.CONTRIBUTOR.group,
        ),
    }

    def create(self, request: Request) -> Response:
        """
        Each is looked at as if it came alone, and `results` tells what became of it.

        With `atomic`, which is the default, one that is refused refuses all: the answer
        is 400, and each pointer begins with `/claims/` and the place of a claim. Without
        it, those that can be are recorded. In a dry run nothing is.
        """
        taken = self.taken()
        with transaction.atomic():
            found = self._recorded(taken["claims"])
            refused = {
                place: self._problem(each)
                for place, each in enumerate(found)
                if isinstance(each, Exception)
            }
            if refused and taken["atomic"]:
                raise _of_all(refused)
            transaction.set_rollback(taken["dry_run"])
        return self.given(self._told(found, refused, dry_run=taken["dry_run"]))

    def _recorded(self, claims: Sequence[Mapping[str, Any]]) -> list[Claim | Exception]:
        context = {**self.get_serializer_context(), "known": named_in(claims)}
        shape = ClaimOfManyIn(context=context)
        read: list[dict[str, Any] | Exception] = []
        for claim in claims:
            try:
                read.append(dict(shape.run_validation(claim)))
            except ValidationError as exc:
                read.append(exc)
        made = iter(
            editing.create_claims(
                [each for each in read if isinstance(each, dict)],
                by=self.caller,
                at=self.now,
            )
        )
        return [next(made) if isinstance(each, dict) else each for each in read]

    def _problem(self, refusal: Exception) -> dict[str, Any]:
        answer = self.get_exception_handler()(
            refusal, self.get_exception_handler_context()
        )
        if answer is None:
            raise refusal
        return dict(answer.data)

    def _told(
        self,
        found: Sequence[Claim | Exception],
        refused: Mapping[int, dict[str, Any]],
        *,
        dry_run: bool,
    ) -> dict[str, Any]:
        made = [each.pk for each in found if isinstance(each, Claim)]
        rows = {} if dry_run else self.shaped(Claim.objects.all()).in_bulk(made)
        return {
            "dry_run": dry_run,
            "created": len(made),
            "refused": len(refused),
            "results": [
                {
                    "index": place,
                    "status": refused[place]["status"]
                    if place in refused
                    else HTTPStatus.CREATED,
                    "claim": rows.get(getattr(each, "pk", None)),
                    "problem": refused.get(place),
                }
                for place, each in enumerate(found)
            ],
        }

    def context_of(self, rows: Sequence[Any]) -> dict[str, Any]:
        [told] = rows
        claims = [each["claim"] for each in told["results"] if each["claim"]]
        return super().context_of(claims)


def _of_all(refused: Mapping[int, dict[str, Any]]) -> ValidationError:
    """Return the refusal of a batch, with the faults of each claim at its place."""
    return ValidationError(
        {
            "claims": {
                str(place): _by_member(problem) for place, problem in refused.items()
            }
        }
    )


def _by_member(problem: Mapping[str, Any]) -> Any:
    if not problem["errors"]:
        return [ErrorDetail(problem["detail"], code=problem["code"])]
    found: dict[str, list[ErrorDetail]] = {}
    for fault in problem["errors"]:
        member = fault["pointer"].removeprefix("/")
        found.setdefault(member, []).append(
            ErrorDetail(fault["detail"], code=fault["code"])
        )
    return found
