"""What lists show of claims and of what others say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from claims.models import Review
from claims.vocabulary import Verdict
from sources.admin.naming import chip, link_to, said
from sources.vocabulary import PassageState

if TYPE_CHECKING:
    from claims.models import Assessment, Citation, Claim


# The verdict that stands: published, so nobody is kept from it.
STANDING_VERDICT = Subquery(
    Review.objects.current().filter(claim=OuterRef("pk")).values("verdict")[:1]
)


def verdict_chip(value: str) -> str:
    """Return a verdict as glyph, word and fill; a dash where there is none."""
    return chip("verdict", value, str(Verdict(value).label)) if value else "–"


@admin.display(description=_("Statement"), ordering="statement")
def statement(row: Claim | Assessment) -> str:
    return said(row.statement)


@admin.display(description=_("Verdict"))
def standing_verdict(claim: Claim) -> str:
    return verdict_chip(getattr(claim, "standing_verdict", None) or "")


@admin.display(description=_("Assessments"))
def tally(claim: Claim) -> str:
    return format_html(
        '<span class="tally"><span class="stance-contradicts" title="{}">■ {}</span> '
        '{} <span class="stance-supports" title="{}">▲ {}</span></span>',
        _("contradict or explain away"),
        getattr(claim, "against", 0),
        pgettext("between two numbers", "vs"),
        _("support"),
        getattr(claim, "in_favour", 0),
    )


@admin.display(description=_("Stance"), ordering="stance")
def stance(assessment: Assessment) -> str:
    return chip("stance", assessment.stance, assessment.get_stance_display())


@admin.display(description=_("Words"))
def quoted(citation: Citation) -> str:
    return said(citation.passage.exact)


@admin.display(description=_("On the page"))
def page(citation: Citation) -> str:
    source = citation.passage.source
    return link_to(source, source.name[:80])


@admin.display(description=_("Stand there"))
def standing(citation: Citation) -> str:
    state = citation.passage.state
    return chip("passage", state, str(PassageState(state).label))
