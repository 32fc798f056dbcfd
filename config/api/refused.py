"""One thing that is wrong with a request, and where it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException

POINTER_MAX_CHARACTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    One thing that is wrong.

    `pointer` is a JSON Pointer into the body (RFC 6901), or «?name» for a parameter
    of the query; empty for the whole.
    """

    pointer: str
    code: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class BodyRefused(APIException):
    """The body cannot be taken as it is; `faults` say where and why."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "validation_failed"
    default_detail = _("Some of what was sent cannot be taken.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


def pointer(*steps: str) -> str:
    """Return the JSON Pointer to a place, fit to be printed."""
    spelled = "".join(
        "/" + step.replace("~", "~0").replace("/", "~1") for step in steps
    )
    # A lone surrogate cannot be sent back.
    return spelled[:POINTER_MAX_CHARACTERS].encode(errors="replace").decode()
