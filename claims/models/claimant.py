"""Whoever says things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from uuid_utils.compat import uuid7

from claims.models.documented import CLAIMANT_CHANGES_DOCUMENTS
from claims.models.triggers import version_counts
from claims.vocabulary import ClaimantKind
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

EDITORIAL = (
    "kind",
    "name",
    "aliases",
    "role",
    "affiliation",
    "wikidata_id",
    "same_as",
)


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def named(self, name: str) -> Self:
        """Claimants of that name in any case, or of that very alias."""
        return self.filter(Q(name__iexact=name) | Q(aliases__contains=[name]))

    def going_by(self, names: Iterable[str]) -> Self:
        """Claimants who go by one of these names, spelled like this."""
        spelled = list(names)
        return self.filter(Q(name__in=spelled) | Q(aliases__overlap=spelled))

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


@pghistory.track(exclude=["created_at"])
class Claimant(models.Model):
    """A person, organisation, government, military, medium or unnamed group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Who it is
    kind = models.CharField(max_length=20, choices=ClaimantKind)
    name = models.CharField(max_length=200, validators=[plain])
    aliases = ArrayField(
        models.CharField(max_length=200, validators=[plain]), default=list, blank=True
    )
    role = models.CharField(max_length=300, blank=True, validators=[plain])
    affiliation = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="members",
        null=True,
        blank=True,
    )

    # Who it is elsewhere
    wikidata_id = models.CharField(max_length=20, blank=True, validators=[plain])
    same_as = ArrayField(
        models.URLField(max_length=2_048, validators=[plain]), default=list, blank=True
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claimant_has_a_name", condition=~Q(name__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="claimant_kind_is_known",
                condition=Q(kind__in=ClaimantKind.values),
            ),
            models.UniqueConstraint(
                name="claimant_wikidata_id_is_one_claimant",
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
            ),
            models.CheckConstraint(
                name="claimant_wikidata_id_is_an_item",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
            ),
            models.CheckConstraint(
                name="claimant_is_not_its_own_affiliation",
                condition=Q(affiliation=None) | ~Q(affiliation=models.F("id")),
            ),
        ]
        indexes = [
            models.Index(name="claimant_by_name", fields=["name", "id"]),
            models.Index(Upper("name"), name="claimant_by_name_any_case"),
            GinIndex(name="claimant_aliases", fields=["aliases"]),
            GinIndex(
                name="claimant_name_trigrams",
                fields=["name"],
                opclasses=["gin_trgm_ops"],
            ),
        ]
        triggers = [version_counts(*EDITORIAL), CLAIMANT_CHANGES_DOCUMENTS]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("public:claimant", args=[self.pk])
