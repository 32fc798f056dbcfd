"""The API of files that are taken in."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.api.shapes.exchange import (
    CONTENT_MAX_CHARACTERS,
    ImportFormIn,
    ImportIn,
    ImportOut,
    ImportRowOut,
    ImportWithPreviewOut,
)
from claims.api.views.rows import address
from claims.errors import ImportRefused, Overtaken
from claims.exchange import filing, running
from claims.models import Import
from claims.tasks import take_in_files
from claims.vocabulary import ImportState, RowOutcome, Scope
from sources import wire
from sources.api.asking import AnyOf, PageQuery
from sources.api.resource import Operation, Resource

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

READ = (Scope.CLAIMS_READ,)
WRITE = (Scope.CLAIMS_WRITE, Scope.ASSESSMENTS_WRITE)
EDITOR = "editor"


class ImportQuery(PageQuery):
    """Which imports."""

    state = AnyOf(ImportState.choices, required=False, help_text="How far they are.")


class ImportRowQuery(PageQuery):
    """Which rows."""

    outcome = AnyOf(
        RowOutcome.choices, required=False, help_text="What became of them."
    )


class ImportViewSet(Resource):
    """Files of claims and fact-checks that are taken in."""

    overtaken = Overtaken
    max_body_bytes = CONTENT_MAX_CHARACTERS
    max_upload_bytes = settings.CLAIMS_IMPORT_MAX_BYTES + 64 * 1024
    operations = {
        "list": Operation(
            summary="List imports",
            gives=ImportOut,
            asks=ImportQuery,
            scopes=READ,
            role=EDITOR,
            sorts={"added_at": "added_at"},
            sort="-added_at",
        ),
        "create": Operation(
            summary="Take in a file",
            takes=ImportIn,
            takes_form=ImportFormIn,
            gives=ImportWithPreviewOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=EDITOR,
        ),
        "retrieve": Operation(
            summary="Read how far an import is",
            gives=ImportWithPreviewOut,
            scopes=READ,
            role=EDITOR,
        ),
        "start": Operation(
            summary="Start an import that was checked",
            gives=ImportOut,
            scopes=WRITE,
            role=EDITOR,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "stop": Operation(
            summary="Stop an import",
            gives=ImportOut,
            scopes=WRITE,
            role=EDITOR,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "lines": Operation(
            summary="List what became of the rows of an import",
            gives=ImportRowOut,
            asks=ImportRowQuery,
            scopes=READ,
            role=EDITOR,
            sorts={"number": "number"},
            sort="number",
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Import.objects.select_related("added_by")

    def list(self, request: Request) -> Response:
        rows = self.get_queryset()
        if states := self.asked.get("state"):
            rows = rows.filter(state__in=states)
        return self.listed(rows)

    def create(self, request: Request) -> Response:
        """
        Check a file, and take in its rows unless it is a `dry_run`.

        It comes in a form (`multipart/form-data`, any format) or as the `content` of a
        JSON body (text alone). One that cannot be read at all is refused and leaves
        nothing; rows that cannot be taken in are told by `rows`, and the others are.
        What is known is not made twice. A small file is checked before this answers,
        workers do the rest: `state` tells how far they are.
        """
        told = self.taken()
        try:
            file = self._brought(told)
        except ImportRefused as exc:
            # Where the file stands in what was sent.
            at = "file" if "file" in told else "content"
            raise ValidationError({at: [ErrorDetail(str(exc), code=exc.code)]}) from exc
        wire.wake_after_commit(take_in_files.name)
        return self.given(file, at=address("import", file))

    def _brought(self, told: dict[str, Any]) -> Import:
        upload = told.get("file")
        body = BytesIO(told["content"].encode()) if upload is None else upload
        terms = {name: told[name] for name in ("language", "encoding") if name in told}
        return filing.bring(
            body,
            name=told.get("name") or getattr(upload, "name", "") or "",
            by=self.caller,
            at=self.now,
            starts=not told.get("dry_run", False),
            whole=told.get("all_or_nothing", False),
            unnamed=told.get("claimant", ""),
            **terms,
        )

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Workers take in its rows, from the first one on."""
        file = self.get_object()
        self.taken()
        running.begin(file)
        wire.wake_after_commit(take_in_files.name)
        return self.given(file)

    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """No more rows are taken in. What was stays."""
        file = self.get_object()
        self.taken()
        running.stop(file, at=self.now)
        return self.given(file)

    @action(detail=True, url_path="rows")
    def lines(self, request: Request, pk: str) -> Response:
        """While it is only checked, those that would be refused."""
        rows = self.get_object().rows.all()
        if outcomes := self.asked.get("outcome"):
            rows = rows.filter(outcome__in=outcomes)
        return self.listed(rows)
