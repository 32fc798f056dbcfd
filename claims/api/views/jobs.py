"""The API of long work: how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.api.shapes.exchange import JobOut
from claims.api.views.rows import address
from claims.errors import Overtaken
from claims.models import Import
from claims.vocabulary import ImportState, JobState, Scope
from sources.api.asking import PageQuery
from sources.api.resource import Operation, Resource

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

READ, EDITOR = (Scope.CLAIMS_READ,), "editor"
_STATES = {
    ImportState.CHECKING: JobState.RUNNING,
    ImportState.CHECKED: JobState.WAITING,
    ImportState.RUNNING: JobState.RUNNING,
    ImportState.DONE: JobState.DONE,
    ImportState.REFUSED: JobState.FAILED,
    ImportState.STOPPED: JobState.STOPPED,
}


class JobViewSet(Resource):
    """Work that takes longer than an answer: files that are taken in."""

    overtaken = Overtaken
    operations = {
        "list": Operation(
            summary="List long work",
            gives=JobOut,
            asks=PageQuery,
            scopes=READ,
            role=EDITOR,
            sorts={"began_at": "added_at"},
            sort="-began_at",
        ),
        "retrieve": Operation(
            summary="Read how far work has come", gives=JobOut, scopes=READ, role=EDITOR
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Import.objects.all()

    def list(self, request: Request) -> Response:
        return self.listed(self.get_queryset())

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def shown(self, row: Any) -> dict[str, Any]:
        return dict(JobOut(_told(row)).data)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        return [_told(each) for each in page or ()]


def _told(file: Import) -> dict[str, Any]:
    return {
        "id": file.pk,
        "kind": "import",
        "state": _STATES[ImportState(file.state)],
        "done": file.place,
        "total": file.total,
        "began_at": file.added_at,
        "finished_at": file.finished_at,
        "of": address("import", file),
    }
