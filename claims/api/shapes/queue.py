"""What the API takes and gives about one person's queue: what is put off, and views."""

from __future__ import annotations

from rest_framework import serializers

from claims.api.shapes.claimants import PersonOut
from claims.models import SavedView, Snooze
from claims.models.view import FILTER_MAX_CHARACTERS, FILTERS, VIEW_NAME_MAX_CHARACTERS
from sources.api.shapes import In, Moment, Out, Words


class SnoozeIn(In):
    """Until when."""

    example = {"until": "2026-03-16T08:00:00Z"}
    until = Moment()


class SnoozeOut(Out):
    """Until when a claim is out of the caller's sight; nobody else's affair."""

    class Meta:
        model = Snooze
        fields = ["claim", "set_at", "until"]


class FiltersIn(In):
    """What narrows the queue down, as its address spells it."""

    def get_fields(self) -> dict[str, serializers.Field]:  # type: ignore[type-arg]
        return {
            name: Words(
                max_length=FILTER_MAX_CHARACTERS, required=False, allow_blank=True
            )
            for name in FILTERS
        }


class ViewIn(In):
    """Filters of the queue under a name."""

    example = {"name": "Late", "filters": {"due": "late"}, "shared": False}
    name = Words(max_length=VIEW_NAME_MAX_CHARACTERS)
    filters = FiltersIn()
    shared = serializers.BooleanField(required=False)


class ViewOut(Out):
    """Filters of the queue under a name; `page` is the queue so narrowed down."""

    owner = PersonOut()
    filters = serializers.DictField(child=serializers.CharField())
    version = serializers.IntegerField()
    page = serializers.SerializerMethodField()

    class Meta:
        model = SavedView
        fields = [
            "id",
            "name",
            "filters",
            "shared",
            "owner",
            "version",
            "created_at",
            "page",
        ]

    def get_page(self, view: SavedView) -> str:
        """Return the address of the queue so narrowed down."""
        address: str = self.context["request"].build_absolute_uri(
            view.get_absolute_url()
        )
        return address
