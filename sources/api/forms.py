"""Reads bodies that are forms: a file, and what is told beside it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import TooManyFilesSent
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import MultiPartParser

from sources.api.refusals import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.parsers import DataAndFiles

FORM = "multipart/form-data"
MAX_BYTES = 2 * 1024 * 1024


class FormParser(MultiPartParser):
    """
    Reads a form, each field of which is given once.

    A view reads more than 2 MiB when its `max_upload_bytes` says so.
    """

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        """Return the fields and the files of a form."""
        context = dict(parser_context or {})
        most: int = getattr(context.get("view"), "max_upload_bytes", MAX_BYTES)
        # Known before a byte is read: no server hands on a body without its length.
        if int(context["request"].META.get("CONTENT_LENGTH") or 0) > most:
            raise TooLarge(
                _("The body is larger than %(most)d KiB.") % {"most": most // 1024}
            )
        try:
            found = super().parse(stream, media_type, context)
        except TooManyFilesSent as exc:
            raise ParseError(
                _("The form has too many files."), "too_many_files"
            ) from exc
        twice = [
            name
            for part in (found.data, found.files)
            for name, values in part.lists()
            if len(values) > 1
        ]
        if twice:
            raise ValidationError(
                {name: _("This field is given more than once.") for name in twice},
                "duplicate_field",
            )
        return found
