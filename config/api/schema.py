"""The OpenAPI document, written from the operations that the views declare."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import uritemplate
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from claims.models.answer import KEY_MAX_CHARACTERS
from config.api.once import REPLAYED
from config.api.problems import MEDIA_TYPE
from sources.api.asking import AnyOf, Names, PageQuery, Since
from sources.api.forms import FORM
from sources.api.resource import KEY_OF_A_REQUEST
from sources.api.shapes import NothingIn

if TYPE_CHECKING:
    from sources.api.resource import Operation

# For every operation; 401 as well where no token is needed, for a wrong one.
ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
WITH_A_BODY = (
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
# Where a POST comes with a key that is at work, or was another's.
FOR_A_KEY = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
FOR_A_CHANGE = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)

DONE = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)

REASONS = {
    400: "Something that was sent cannot be taken; `errors` says what and why.",
    401: "No valid token, and no session.",
    403: "The token lacks a scope, or the person a role, or the rules say no.",
    404: "There is nothing here, or nothing that you may see.",
    406: "The answer can be JSON only.",
    409: "The thing does not stand where this starts, or another stands against it; or "
    "the same request is being answered just now.",
    412: "Somebody saved first; `current` is what stands now.",
    413: "The body is too large.",
    415: "The body has to be JSON.",
    422: "A rule of publication is not met, `detail` says which; or the "
    "`Idempotency-Key` came with another request before.",
    428: "`If-Match` is missing.",
    429: "More requests than are answered in a minute; `Retry-After` says how long to "
    "wait.",
    503: "There is no room just now, or a server is away; try again later.",
}


class FaultOut(serializers.Serializer[Any]):
    """One thing that is wrong."""

    pointer = serializers.CharField(
        help_text="A JSON Pointer into the body, or `?name` for a parameter of the "
        "query; empty for the whole."
    )
    code = serializers.CharField(help_text="For programs; it does not change.")
    detail = serializers.CharField(help_text="For people.")


class ProblemOut(serializers.Serializer[Any]):
    """A refusal (RFC 9457)."""

    type = serializers.CharField(help_text="`about:blank`: the status says it all.")
    title = serializers.CharField(help_text="The phrase that goes with the status.")
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="What happened, for people.")
    code = serializers.CharField(help_text="What happened, for programs.")
    request_id = serializers.CharField(help_text="Tell us when you ask about it.")
    errors = FaultOut(many=True)  # type: ignore[assignment]  # a field of that name
    current = serializers.DictField(
        required=False, help_text="With 412: the representation that stands now."
    )


class Schema(AutoSchema):
    """Writes one operation of the document."""

    @property
    def _operation(self) -> Operation | None:
        operations: dict[str, Operation] = getattr(self.view, "operations", {})
        return operations.get(getattr(self.view, "action", ""))

    def is_excluded(self) -> bool:
        return self._operation is None

    def get_operation_id(self) -> str:
        view: Any = self.view
        return f"{view.basename}_{view.action}"

    def _get_serializer_name(self, serializer: Any, *args: Any, **kwargs: Any) -> str:
        # Clients know a Claim and a ClaimRequest; In and Out are this side's words.
        name: str = super()._get_serializer_name(serializer, *args, **kwargs)
        return re.sub(r"(In(?=Request$)|Out$)", "", name)

    def get_examples(self) -> list[OpenApiExample]:
        example = getattr(self._op.takes, "example", None)
        if example is None or self.method == "PATCH":
            return []
        return [OpenApiExample(self._op.summary, value=example, request_only=True)]

    def get_tags(self) -> list[str]:
        return [self.path.split("/")[3].partition(":")[0]]

    def get_summary(self) -> str:
        return self._op.summary

    @property
    def _op(self) -> Operation:
        operation = self._operation
        if operation is None:
            raise LookupError(f"{self.view} says nothing of {self.path}")
        return operation

    def get_auth(self) -> list[dict[str, list[str]]]:
        needed = list(self._op.scopes)
        ways: list[dict[str, list[str]]] = [{"token": needed}, {"session": []}]
        return ways if needed or self._op.role else [{}, *ways]

    # --- What goes in -----------------------------------------------------------

    def get_request_serializer(self) -> Any:
        takes = self._op.takes
        if takes is NothingIn:
            return None
        if self._op.takes_form is not None:
            return {"application/json": takes, FORM: self._op.takes_form}
        return takes(partial=self.method == "PATCH")

    def get_override_parameters(self) -> Any:
        return [
            *self._of_the_address(),
            *self._of_the_query(),
            *self._of_the_head(),
            *self._of_the_answer(),
        ]

    def _of_the_address(self) -> list[OpenApiParameter]:
        return [
            OpenApiParameter(name, OpenApiTypes.UUID, OpenApiParameter.PATH)
            for name in uritemplate.variables(self.path)
        ]

    def _of_the_query(self) -> list[OpenApiParameter]:
        return [
            self._parameter(name, each) for name, each in self._op.asks().fields.items()
        ]

    def _parameter(
        self, name: str, field: serializers.Field[Any, Any, Any, Any]
    ) -> Any:
        schema = self._map_serializer_field(field, "request")  # type: ignore[no-untyped-call]
        details = schema.pop("description", field.help_text or "")
        schema.pop("readOnly", None)
        self._insert_field_validators(field, schema)  # type: ignore[no-untyped-call]
        if isinstance(field, Since):
            schema = {
                "type": "string",
                "anyOf": [{"format": "date-time"}, {"format": "date"}],
            }
        if name == "sort" and issubclass(self._op.asks, PageQuery):
            schema = {
                "type": "string",
                "enum": self._op.orders,
                "default": self._op.sort,
            }
        if isinstance(field, Names):
            schema["items"] = {"type": "string", "enum": self._names(name)}
            schema |= {"minItems": 1, "uniqueItems": True}
        listed = isinstance(field, AnyOf | Names)
        return OpenApiParameter(
            name,
            schema,
            OpenApiParameter.QUERY,
            description=str(details),
            style="form" if listed else None,
            explode=False if listed else None,
        )

    def _names(self, parameter: str) -> list[str]:
        known: dict[str, list[str]] = getattr(self._op.asks, "known", {})
        return list(known.get(parameter, self._op.members))

    def _of_the_head(self) -> list[OpenApiParameter]:
        keys = [_key_of_a_request()] if self.method == "POST" else []
        return [*self._of_the_version(), *keys]

    def _of_the_version(self) -> list[OpenApiParameter]:
        if self.method == "GET":
            return (
                []
                if self._op.streams
                else [
                    _head(
                        "If-None-Match",
                        "The `ETag` of what you have: 304 if it stands.",
                    )
                ]
            )
        if self.method == "PATCH" or self._op.conditional:
            return [_head("If-Match", "The `ETag` of what you read.", required=True)]
        if HTTPStatus.PRECONDITION_FAILED in self._op.refuses:
            return [_head("If-Match", "The `ETag` of what you read, if it matters.")]
        return []

    # --- What comes out ---------------------------------------------------------

    def get_response_serializers(self) -> Any:
        answers: dict[Any, Any] = {}
        if self._op.status == HTTPStatus.NO_CONTENT:
            answers[204] = OpenApiResponse(description="Done.")
        else:
            gives = self._op.gives
            answers[int(self._op.status)] = gives(many=True) if self._op.many else gives
            for media_type in self._op.streams:
                answers.pop(200, None)
                answers[200, media_type] = OpenApiResponse(
                    OpenApiTypes.BINARY, description="Sent as it is written."
                )
            if self._op.known_is_given:
                answers[200] = OpenApiResponse(
                    gives, description="It was there before."
                )
        if self._op.may_be_begun:
            answers[202] = OpenApiResponse(
                self._op.gives, description="Workers go on with it."
            )
        if self.method == "GET" and not self._op.streams:
            answers[304] = OpenApiResponse(description="What you have still stands.")
        for status in sorted(self._refusals()):
            answers[status, MEDIA_TYPE] = OpenApiResponse(
                ProblemOut, description=REASONS[status]
            )
        return answers

    def _refusals(self) -> set[int]:
        refusals = {int(each) for each in (*ALWAYS, *self._op.refuses)}
        if self._op.scopes or self._op.role:
            refusals.add(403)
        if "{" in self.path:
            refusals.add(404)
        if self.method in {"POST", "PATCH"}:
            refusals |= {int(each) for each in WITH_A_BODY}
        if self.method == "POST":
            refusals |= {int(each) for each in FOR_A_KEY}
        if self.method == "PATCH" or self._op.conditional:
            refusals |= {int(each) for each in FOR_A_CHANGE}
        return refusals

    def _of_the_answer(self) -> list[OpenApiParameter]:
        heads = []
        if self._op.status != HTTPStatus.NO_CONTENT and not self._op.streams:
            heads.append(_answered("ETag", "Names this very representation.", 200, 201))
        if self._op.many:
            heads.append(_answered("Link", "The next page and the one before.", 200))
        if self._op.status == HTTPStatus.CREATED:
            heads.append(_answered("Location", "Where it is.", 200, 201))
        if self.method == "POST":
            heads.append(_answered(REPLAYED, "`true`: this was done before.", *DONE))
        return heads


def _key_of_a_request() -> OpenApiParameter:
    return OpenApiParameter(
        KEY_OF_A_REQUEST,
        {
            "type": "string",
            "minLength": 1,
            "maxLength": KEY_MAX_CHARACTERS,
            "pattern": r"^[\x21-\x7E]+$",
        },
        OpenApiParameter.HEADER,
        description="Made up by you, and sent again where an answer was lost: then "
        "nothing is done twice.",
    )


def _head(name: str, description: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        required=required,
        description=description,
    )


def _answered(name: str, description: str, *statuses: int) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        description=description,
        response=list(statuses),
    )


def one_spelling(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Name each address once, without the slash that may stand at its end."""
    return [
        (re.sub(r"(/\??)?(\\Z)?$", "", path), path_regex, method, callback)
        for path, path_regex, method, callback in endpoints
    ]
