"""The queue as somebody wants to see it again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from uuid_utils.compat import uuid7

from sources.plain import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import User

VIEW_NAME_MAX_CHARACTERS = 60
FILTERS = ("tab", "q", "due", "verdict", "language", "topic", "domain")
FILTER_MAX_CHARACTERS = 255


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def open_to(self, user: User) -> Self:
        """Views of this person, and those that somebody shares with the desk."""
        return self.filter(Q(owner=user) | Q(shared=True, owner__is_active=True))

    def by_name(self) -> Self:
        return self.order_by(Lower("name"), "pk")


class SavedView(models.Model):
    """Filters of the queue under a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=VIEW_NAME_MAX_CHARACTERS, validators=[plain])
    filters = models.JSONField(default=dict)  # field of the filter → what was chosen
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "owner", Lower("name"), name="view_name_is_one_view_of_its_owner"
            ),
            models.CheckConstraint(
                name="view_has_a_name", condition=~Q(name__regex=r"^\s*$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return f"{reverse('desk:queue')}?view={self.pk}"

    @property
    def version(self) -> int:
        """A number that is another one when the view holds something else."""
        held = json.dumps([self.name, self.filters, self.shared], sort_keys=True)
        return int.from_bytes(hashlib.sha256(held.encode()).digest()[:4], "big") >> 1
