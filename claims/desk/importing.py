"""Files of claims: brought, looked at, taken in; and claims taken away."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from claims import tasks
from claims.access import may_edit
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk
from claims.desk.forms.exchange import ExportForm, ImportForm
from claims.desk.live import if_changed
from claims.errors import ClaimError, ImportRefused
from claims.exchange import filing, reporting, running
from claims.exchange.giving import MEDIA_TYPES, NAMES, give
from claims.models import Import
from claims.vocabulary import ExportFormat, ImportState
from sources import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

SHOWN = 50
FAULTS_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One of the first rows, as it is read."""

    number: int
    statement: str = ""
    language: str = ""
    claimant: str = ""
    said_at: datetime | None = None
    voices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    passed: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def imports(request: DeskRequest) -> HttpResponse:
    """List the files that were brought, and take another."""
    _require_editor(request)
    if request.method != "POST":
        return _listed(request, ImportForm(auto_id="import_%s"))
    form = ImportForm(request.POST, request.FILES, auto_id="import_%s")
    if form.is_valid():
        given = form.cleaned_data
        upload = given.pop("file")
        try:
            file = filing.bring(
                upload,
                name=upload.name or "",
                by=request.user,
                at=timezone.now(),
                starts=False,
                **given,
            )
        except ImportRefused as exc:
            form.add_error("file", str(exc))
        else:
            wire.wake_after_commit(tasks.take_in_files.name)
            return redirect(file)
    return _listed(request, form, status=UNPROCESSABLE)


def _require_editor(request: DeskRequest) -> None:
    if not may_edit(request.user):
        raise PermissionDenied(_("Files are brought and taken away by editors."))


def _listed(
    request: DeskRequest, form: ImportForm, *, status: int = 200
) -> HttpResponse:
    files = Import.objects.select_related("added_by").defer("preview")
    return render(
        request,
        "claims/desk/imports.html",
        {
            "files": files.newest_first()[:SHOWN],
            "form": form,
            "export": ExportForm(auto_id="export_%s"),
        },
        status=status,
    )


@require_safe
@at_desk
def file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what is in a file, what is wrong with it, and how far it was taken in."""
    _require_editor(request)
    shown = get_object_or_404(Import.objects.select_related("added_by"), pk=pk)
    faults = list(islice(reporting.faults(shown), FAULTS_SHOWN))
    context = {
        "file": shown,
        "problem": reporting.worded(shown.problem) if shown.problem else None,
        "rows": [_previewed(each) for each in shown.preview],
        "faults": faults,
        "standing": shown.state,
        "news": _news(shown, before=request.GET.get("told")),
        "waits": shown.state == ImportState.CHECKED,
        "nothing_new": shown.state == ImportState.CHECKED
        and not shown.new + shown.joined,
    }
    if request.htmx:
        answer = render(request, "claims/desk/_import.html", context)
        return if_changed(request, answer)
    return render(request, "claims/desk/import.html", context)


def _news(file: Import, *, before: str | None) -> str:
    """Return a sentence where it stands elsewhere than the page last told."""
    if before in {None, file.state}:
        return ""
    return _("%(name)s: %(state)s.") % {
        "name": file.name,
        "state": file.get_state_display(),
    }


def _previewed(kept: dict[str, Any]) -> Preview:
    faults = tuple(
        f"{fault.field}: {fault.said}" if fault.field else fault.said
        for fault in map(reporting.worded, kept["faults"])
    )
    record = kept["record"]
    if record is None:
        return Preview(number=kept["number"], faults=faults, passed=not faults)
    return Preview(
        number=kept["number"],
        statement=record["statement"],
        language=record["language"],
        claimant=record["claimant"]["name"],
        said_at=parse_datetime(record["said_at"]) if record["said_at"] else None,
        voices=tuple(
            f"{voice['assessor']['name']}: {voice['rating_text'] or voice['stance']}"
            for voice in record["voices"]
        ),
    )


@require_POST
@at_desk
def start(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have a file that was looked at taken in."""
    _require_editor(request)
    chosen = get_object_or_404(Import, pk=pk)
    try:
        running.begin(chosen)
    except ClaimError as exc:
        messages.error(request, str(exc))
    else:
        wire.wake_after_commit(tasks.take_in_files.name)
    return redirect(chosen)


@require_POST
@at_desk
def stop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have no more of a file taken in."""
    _require_editor(request)
    chosen = get_object_or_404(Import, pk=pk)
    try:
        running.stop(chosen, at=timezone.now())
    except ClaimError as exc:
        messages.error(request, str(exc))
    return redirect(chosen)


@require_safe
@at_desk
def report(request: DeskRequest, pk: UUID) -> HttpResponseBase:
    """Send what is wrong with each row as a table."""
    _require_editor(request)
    chosen = get_object_or_404(Import, pk=pk)
    lines = _as_csv(reporting.table(reporting.faults(chosen)))
    return _sent(lines, kind="text/csv; charset=utf-8", name=f"report-{chosen.pk}.csv")


class _Line:
    """What a writer of tables takes for a file, and gives back at once."""

    def write(self, line: str) -> str:
        return line


def _as_csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf"  # by which Excel knows that it is UTF-8
    for row in rows:
        # The writer gives what the file's `write` gives.
        line: Any = writer.writerow(row)
        yield line.encode()


@require_safe
@at_desk
def export(request: DeskRequest) -> HttpResponseBase:
    """Send claims in the form that was chosen."""
    _require_editor(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return redirect("desk:imports")
    chosen = ExportFormat(form.cleaned_data["format"])
    pieces = give(chosen, desk=form.cleaned_data["everything"], at=timezone.now())
    return _sent(pieces, kind=MEDIA_TYPES[chosen], name=NAMES[chosen])


def _sent(pieces: Iterator[bytes], *, kind: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        pieces,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
