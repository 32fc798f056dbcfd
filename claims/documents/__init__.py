"""
What readers are told of published claims, as the bytes that the API sends.

Of each claim there is one document, printed when it is read or by a worker before that,
and printed anew as soon as anything changed that it shows: see the triggers of
`claims.models.documented`. What was printed of an older edition is never sent.
"""

from claims.documents.printing import PRINTED_AT_ONCE, print_due, print_these
from claims.documents.shelf import Place, Sheet, one, some, these

__all__ = [
    "PRINTED_AT_ONCE",
    "Place",
    "Sheet",
    "one",
    "print_due",
    "print_these",
    "some",
    "these",
]
