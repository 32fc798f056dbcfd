"""Until when a claim is put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EVENING, MORNING, LAST_HOUR = 18, 9, timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A time that people often choose."""

    name: str
    label: str
    at: datetime


def presets(now: datetime) -> list[Preset]:
    """Return the times to choose from, in the time zone of the desk."""
    here = timezone.localtime(now)
    evening = here.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    tomorrow = morning + timedelta(days=1)
    monday = morning + timedelta(days=7 - here.weekday())
    found = [Preset(name="hour", label=_("In an hour"), at=now + timedelta(hours=1))]
    if evening - here > LAST_HOUR:
        found.append(Preset(name="evening", label=_("This evening"), at=evening))
    found.append(Preset(name="tomorrow", label=_("Tomorrow"), at=tomorrow))
    if monday != tomorrow:
        found.append(Preset(name="week", label=_("Next week"), at=monday))
    return found


class SnoozeForm(forms.Form):
    """One of the times that are offered, or any other."""

    until = forms.DateTimeField(
        label=gettext_lazy("Another day and time"),
        required=False,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
        ),
    )

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.presets = presets(now)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        asked = self.data.get("preset")
        if asked:
            offered = {preset.name: preset.at for preset in self.presets}
            if asked not in offered:
                raise forms.ValidationError(_("That time is not offered any more."))
            given["until"] = offered[asked]
        elif not given.get("until") and not self.errors:
            raise forms.ValidationError(_("Choose until when."))
        return given
