"""The API of pages: what they are, what checks saw, which words are watched."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404

from sources import attaching, wire
from sources.api import serializers as shapes
from sources.api.asking import AnyOf, PageQuery, Term, since
from sources.api.resource import KEY, Operation, Resource
from sources.canonical import canonical
from sources.discretion import passages_open_to, sources_open_to
from sources.errors import AddressRefused, SourceOvertaken
from sources.models import Sighting, Source, Title
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

READ = ("claims:read",)
WRITE = ("claims:write",)
REFRESH = ("sources:refresh",)
DESK = "contributor"
DISPATCH = "sources.tasks.dispatch"


class Address(Term):
    """An address, brought to the one spelling under which it is kept."""

    def to_internal_value(self, data: object) -> str:
        try:
            return canonical(super().to_internal_value(data))
        except AddressRefused as exc:
            raise ValidationError(str(exc), exc.code) from exc


class SourceQuery(PageQuery):
    """Which sources."""

    url = Address(help_text="The address, in any spelling.")
    host = Term(help_text="The host of the address.")
    state = AnyOf(SourceState.choices, required=False, help_text="Where it stands.")
    q = Term(help_text="Part of the title.")
    changed_since = since("Whose state changed then or later.")


class PassageQuery(PageQuery):
    """Which passages."""

    state = AnyOf(PassageState.choices, required=False, help_text="Where they stand.")


class SourceViewSet(Resource):
    """Pages that are cited."""

    overtaken = SourceOvertaken
    queryset = Source.objects.all()
    operations = {
        "list": Operation(
            summary="List sources",
            gives=shapes.SourceOut,
            asks=SourceQuery,
            scopes=READ,
            role=DESK,
            sorts={"added_at": "added_at", "state_since": "state_since"},
            sort="-added_at",
        ),
        "create": Operation(
            summary="Attach a source",
            takes=shapes.SourceIn,
            gives=shapes.SourceOut,
            status=HTTPStatus.CREATED,
            known_is_given=True,
            scopes=WRITE,
            role=DESK,
        ),
        "retrieve": Operation(
            summary="Read a source", gives=shapes.SourceOut, scopes=READ, role=DESK
        ),
        "partial_update": Operation(
            summary="Describe a source",
            takes=shapes.SourceChangeIn,
            gives=shapes.SourceOut,
            scopes=WRITE,
            role=DESK,
        ),
        "refresh": Operation(
            summary="Have a source checked now",
            gives=shapes.SourceOut,
            status=HTTPStatus.ACCEPTED,
            scopes=REFRESH,
            role=DESK,
        ),
        "checks": Operation(
            summary="List the checks of a source",
            gives=shapes.CheckOut,
            asks=PageQuery,
            scopes=READ,
            role=DESK,
            sorts={"started_at": "started_at"},
            sort="-started_at",
        ),
        "snapshots": Operation(
            summary="List the snapshots of a source",
            gives=shapes.SnapshotOut,
            asks=PageQuery,
            scopes=READ,
            role=DESK,
            sorts={"fetched_at": "fetched_at"},
            sort="-fetched_at",
        ),
        "snapshot": Operation(
            summary="Read a snapshot with its text",
            gives=shapes.SnapshotTextOut,
            scopes=READ,
            role=DESK,
        ),
        "passages": Operation(
            summary="List the passages watched on a source",
            gives=shapes.PassageOut,
            asks=PassageQuery,
            scopes=READ,
            role=DESK,
            sorts={"added_at": "added_at", "state_since": "state_since"},
            sort="-added_at",
        ),
        "sightings": Operation(
            summary="List where the passages of a source were seen",
            gives=shapes.SightingOut,
            asks=PageQuery,
            scopes=READ,
            role=DESK,
            sorts={"at": "at"},
            sort="-at",
        ),
        "watch": Operation(
            summary="Watch words on a source",
            takes=shapes.PassageIn,
            gives=shapes.PassageOut,
            status=HTTPStatus.CREATED,
            known_is_given=True,
            scopes=WRITE,
            role=DESK,
        ),
    }

    def get_queryset(self) -> QuerySet[Source]:
        known = sources_open_to(self.request.user)
        return known.annotate(last_check=shapes.LAST_CHECK)

    def list(self, request: Request) -> Response:
        """Pages that only a review still hidden from the caller cites are left out."""
        return self.listed(_matching(self.get_queryset(), self.asked))

    def create(self, request: Request) -> Response:
        """
        Keep an eye on a page. It is checked soon.

        An address that is known already, in any spelling, is the same source: it is
        given with 200 instead of 201.
        """
        taken = self.taken()
        source = attaching.attach(**taken, now=self.now)
        new = source.added_at == self.now
        if new:
            nudge()
        return self.given(
            source,
            status=HTTPStatus.CREATED if new else HTTPStatus.OK,
            at=source.get_absolute_url(),
        )

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def partial_update(self, request: Request, pk: str) -> Response:
        """Write down what a person knows better than the page says."""
        return self.changed(attaching.describe)

    @action(detail=True, methods=["post"])
    def refresh(self, request: Request, pk: str) -> Response:
        """Make the source due now, also one that was given up. Workers do the rest."""
        source = self.get_object()
        self.taken()
        source = attaching.refresh(source, now=self.now)
        nudge()
        return self.given(source)

    @action(detail=True)
    def checks(self, request: Request, pk: str) -> Response:
        return self.listed(self.get_object().checks.all())

    @action(detail=True)
    def snapshots(self, request: Request, pk: str) -> Response:
        return self.listed(self.get_object().snapshots.defer("body_zstd", "text"))

    @action(detail=True, url_path=f"snapshots/(?P<snapshot>{KEY})")
    def snapshot(self, request: Request, pk: str, snapshot: str) -> Response:
        kept = self.get_object().snapshots.defer("body_zstd")
        return self.given(get_object_or_404(kept, pk=snapshot))

    @action(detail=True)
    def passages(self, request: Request, pk: str) -> Response:
        """Words that only a review still hidden from the caller cites are left out."""
        source = self.get_object()
        passages = passages_open_to(request.user).filter(source=source)
        if states := self.asked.get("state"):
            passages = passages.filter(state__in=states)
        return self.listed(passages)

    @action(detail=True)
    def sightings(self, request: Request, pk: str) -> Response:
        """
        Each change of where the watched words stand, and each find in an archive.

        Words that only a review still hidden from the caller cites are left out.
        """
        source = self.get_object()
        passages = passages_open_to(request.user).filter(source=source)
        return self.listed(Sighting.objects.filter(passage__in=passages))

    @passages.mapping.post
    def watch(self, request: Request, pk: str) -> Response:
        """
        Watch words on the page. A worker looks for them soon.

        Words that are watched already are the same passage, given with 200.
        """
        source = self.get_object()
        passage = attaching.watch(source, **self.taken(), now=self.now)
        new = passage.added_at == self.now
        if new:
            nudge()
        return self.given(passage, status=HTTPStatus.CREATED if new else HTTPStatus.OK)


def _matching(sources: QuerySet[Source], asked: dict[str, object]) -> QuerySet[Source]:
    columns = {
        "url": "canonical_url",
        "host": "host",
        "state": "state__in",
        "changed_since": "state_since__gte",
    }
    wanted = {columns[name]: asked[name] for name in columns if name in asked}
    found = sources.filter(**wanted)
    if "q" in asked:
        found = found.filter(pk__in=Title.objects.saying(str(asked["q"])).values("pk"))
    return found


def nudge() -> None:
    """
    Wake the dispatcher once this is saved.

    A lost message costs a few seconds: the next beat finds the row.
    """
    # By name: to import the task would bring the reading of pages into the web server.
    wire.wake_after_commit(DISPATCH)
