"""What the API takes and gives about many claims at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.shapes.claims import ClaimIn, ClaimOut
from claims.api.shapes.webhooks import Switch
from claims.models import Claim, Claimant
from sources.api.shapes import In, Key, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 500


@extend_schema_field(
    {
        "type": "array",
        "items": {"$ref": "#/components/schemas/ClaimRequest"},
        "minItems": 1,
        "maxItems": MOST,
    }
)
class Several(serializers.ListField):
    """Objects that are looked at one by one: each is refused by itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            child=serializers.DictField(), min_length=1, max_length=MOST, **kwargs
        )


class BatchIn(In):
    """Claims to record."""

    example = {
        "atomic": True,
        "dry_run": False,
        "claims": [ClaimIn.example],
    }
    claims = Several()
    atomic = Switch(
        default=True, help_text="All or none: one that is refused refuses the rest."
    )
    dry_run = Switch(
        default=False, help_text="Tell what would happen, and save nothing."
    )


class Among(Reference):
    """The id of something that was fetched with all the others."""

    def to_internal_value(self, data: Any) -> Any:
        known: Mapping[UUID, Any] = self.context["known"][self.field_name]
        key = Key().to_internal_value(data)
        if key not in known:
            self.fail("does_not_exist", pk_value=data)
        return known[key]


class ClaimOfManyIn(ClaimIn):
    """One claim of a batch."""

    claimant = Among(queryset=Claimant.objects.all())
    canonical = Among(queryset=Claim.objects.all(), required=False, allow_null=True)


def named_in(claims: Iterable[Mapping[str, Any]]) -> dict[str, dict[UUID, Any]]:
    """Fetch at once all that these claims name, by member and id."""
    claims = list(claims)
    people = _ids(claims, "claimant")
    firsts = _ids(claims, "canonical")
    return {
        "claimant": Claimant.objects.in_bulk(people) if people else {},
        "canonical": Claim.objects.defer("search").in_bulk(firsts) if firsts else {},
    }


def _ids(claims: Iterable[Mapping[str, Any]], name: str) -> set[UUID]:
    found = set()
    for claim in claims:
        try:
            found.add(UUID(str(claim.get(name))))
        except ValueError:
            continue  # refused by name, with all else that is wrong with that claim
    return found


class OneOfBatchOut(serializers.Serializer[Any]):
    """What became of one claim of a batch."""

    index = serializers.IntegerField(min_value=0, help_text="Its place in the request.")
    status = serializers.IntegerField(
        help_text="201, or with which status it would be refused alone."
    )
    claim = ClaimOut(allow_null=True, help_text="Null where nothing was saved.")
    problem = serializers.DictField(
        allow_null=True, help_text="Why it was refused, as it would be alone."
    )


class BatchOut(serializers.Serializer[Any]):
    """What became of each claim of a batch, in the order of the request."""

    dry_run = serializers.BooleanField()
    created = serializers.IntegerField(
        min_value=0, help_text="In a dry run: how many would be."
    )
    refused = serializers.IntegerField(min_value=0)
    results = OneOfBatchOut(many=True)
