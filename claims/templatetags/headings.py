"""The words of a claim where they stand as a heading: {{ claim|heading }}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from claims.vocabulary import Form

if TYPE_CHECKING:
    from claims.models import Claim

register = template.Library()

# Here a small «i» does not become a capital without its dot.
_DOTTED = ("tr", "az")


@register.filter
def heading(claim: Claim) -> str:
    """
    Return the statement as a sentence begins, where it is no quotation.

    What is stored stays as it was taken from the middle of a sentence, and so do the
    words of the claimant and names that begin small (iPhone).
    """
    words = claim.statement
    first = words.split(maxsplit=1)[:1]
    if claim.form == Form.DIRECT or not first or first[0] != first[0].lower():
        return words
    if words.startswith("i") and claim.language.startswith(_DOTTED):
        return f"İ{words[1:]}"
    return words[:1].upper() + words[1:]
