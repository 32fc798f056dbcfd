"""What the API takes and gives about tokens."""

from __future__ import annotations

from rest_framework import serializers

from claims.models import AccessToken
from claims.vocabulary import Scope
from sources.api.shapes import In, Moment, One, Out, Words, longest


class TokenIn(In):
    """A key for a program."""

    example = {
        "name": "wire import",
        "scopes": ["claims:read", "claims:write"],
        "expires_at": "2027-03-14T00:00:00Z",
    }
    name = Words(max_length=longest(AccessToken, "name"))
    scopes = serializers.ListField(
        child=One(choices=Scope.choices), min_length=1, max_length=len(Scope)
    )
    expires_at = Moment(required=False, allow_null=True)


class TokenOut(Out):
    """A token, by its first characters; the rest is not kept."""

    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))

    class Meta:
        model = AccessToken
        fields = [
            "id",
            "name",
            "hint",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        ]


class NewTokenOut(TokenOut):
    """A new token with its secret, which is never shown again."""

    secret = serializers.CharField(help_text="Send it as `Authorization: Bearer …`.")

    class Meta(TokenOut.Meta):
        fields = [*TokenOut.Meta.fields, "secret"]
