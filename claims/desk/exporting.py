"""What is kept of the pages of a claim, to be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import access, search
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.sheet import claim_or_404
from sources.archiving import warc

if TYPE_CHECKING:
    from uuid import UUID


@require_safe
@at_desk
def pages(request: DeskRequest, pk: UUID) -> StreamingHttpResponse:
    """Send every snapshot of the pages that a claim cites, as a WARC file."""
    found = claim_or_404(pk, user=request.user)
    making = found.reviews.unpublished().first()
    hidden = making is not None and not access.may_see_findings(request.user, making)
    name = f"claim-{found.pk}.warc.gz"
    return StreamingHttpResponse(
        warc.write(
            search.cited_pages(found, hidden=making if hidden else None),
            name=name,
            at=timezone.now(),
            info=search.about(found),
        ),
        content_type="application/warc",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
