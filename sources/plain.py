"""What may stand in a text field: words and line breaks, no hidden controls."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The marks U+200E, U+200F and U+061C stay: Arabic and Hebrew need them. The
# embeddings, overrides and isolates make text read otherwise than it is stored
# (CVE-2021-42574), and no newsroom types them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: str) -> None:
    """
    Refuse NUL and other control characters, lone surrogates and bidi overrides.

    Raises ValidationError (code `not_plain`) that names the character and its place.
    """
    if found := _FORBIDDEN.search(text):
        character = found.group()
        name = unicodedata.name(character, "control character").lower()
        raise ValidationError(
            _("Remove the hidden character U+%(point)s (%(name)s) at position %(at)d."),
            code="not_plain",
            params={
                "point": f"{ord(character):04X}",
                "name": name,
                "at": found.start() + 1,
            },
        )


def without_hidden(text: str) -> str:
    """Return the text with a space for each character that `plain` refuses."""
    return _FORBIDDEN.sub(" ", text)
