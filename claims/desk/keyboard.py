"""The page on which people choose their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.desk import keys
from claims.desk.doors import NO_CONTENT, UNPROCESSABLE, DeskRequest, at_desk
from claims.desk.forms.keys import KeysForm

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def keyboard(request: DeskRequest) -> HttpResponseBase:
    """Show the keys, and keep what was chosen."""
    if request.method != "POST":
        return _show(request, KeysForm.of(keys.keyboard(request.user)))
    if request.POST.get("do") == "reset":
        keys.reset(request.user)
        messages.success(request, _("The keys are the desk's own again."))
        return redirect("desk:keys")
    form = KeysForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    are_on = form.cleaned_data.pop("are_on")
    keys.choose(request.user, pressed=form.cleaned_data, are_on=are_on)
    messages.success(
        request,
        _("Your keys were saved.")
        if are_on
        else _("Saved. Your keys are switched off."),
    )
    return redirect("desk:keys")


def _show(request: DeskRequest, form: KeysForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "always": keys.ALWAYS}
    return render(request, "claims/desk/keys.html", context, status=status)


@require_POST
@at_desk
def switch(request: DeskRequest) -> HttpResponse:
    """Switch the keys on or off, from whatever page one is on."""
    keys.switch(request.user, are_on="are_on" in request.POST)
    return HttpResponse(status=NO_CONTENT)
