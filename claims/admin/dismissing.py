"""Setting claims aside: the page that asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from claims import workflow
from claims.admin.refusals import each
from sources.admin.panel import moment, person
from sources.plain import plain

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from claims.models import Claim


class ReasonForm(forms.Form):
    """Why these claims are not worth checking."""

    reason = forms.CharField(
        max_length=2_000,
        validators=[plain],
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("It stays on record with each of them."),
    )


def dismiss(
    panel: ModelAdmin[Claim], request: HttpRequest, claims: QuerySet[Claim]
) -> HttpResponse | None:
    """Ask for a reason, then dismiss each claim with it."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        each(
            request,
            claims,
            lambda claim: workflow.dismiss(
                claim,
                by=person(request),
                at=moment(request),
                reason=form.cleaned_data["reason"],
            ),
            done=ngettext_lazy("%(n)s dismissed.", "%(n)s dismissed.", "n"),
        )
        return None
    context = {
        **panel.admin_site.each_context(request),
        "title": _("Dismiss claims"),
        "opts": panel.opts,
        "form": form,
        "claims": claims,
        "checkbox": ACTION_CHECKBOX_NAME,
        "action": "dismiss",
    }
    return render(request, "admin/claims/dismiss.html", context)
