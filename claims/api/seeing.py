"""What the caller of the API may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.generics import get_object_or_404

from claims import search
from claims.access import may_see_desk
from claims.errors import Overtaken
from claims.models import AccessToken, Assessment, Claim, Claimant, Review
from claims.vocabulary import Scope
from sources.api.resource import Resource

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request


def at_desk(request: Request) -> bool:
    """Tell whether the caller sees what the desk sees: by role, and by scope."""
    token = request.auth
    if isinstance(token, AccessToken) and Scope.CLAIMS_READ not in token.scopes:
        return False
    return may_see_desk(request.user)


class DeskResource(Resource):
    """A resource of which the desk sees more than readers do."""

    overtaken = Overtaken

    @property
    def desk(self) -> bool:
        return at_desk(self.request)

    def claim(self) -> Claim:
        """Return the claim of the address, if the caller may see it."""
        claim: Claim = get_object_or_404(self.visible_claims(), pk=self.kwargs["pk"])
        return claim

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "desk": self.desk, "now": self.now}

    def visible_claims(self) -> QuerySet[Claim]:
        """Claims the caller may see."""
        return Claim.objects.all() if self.desk else Claim.objects.public()

    def visible_assessments(self) -> QuerySet[Assessment]:
        """Assessments the caller may see."""
        return Assessment.objects.all() if self.desk else search.heard()

    def visible_claimants(self) -> QuerySet[Claimant]:
        """Claimants the caller may see."""
        return Claimant.objects.all() if self.desk else search.speaking_in_public()

    def visible_reviews(self) -> QuerySet[Review]:
        """Reviews the caller may see; what is in them is another question."""
        return Review.objects.all() if self.desk else Review.objects.published()
