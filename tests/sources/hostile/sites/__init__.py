"""
Sites that mean harm, or were built as if they did.

Each is a name, how it answers at a path of a press, and what must come of it: the
status of an answer, or the class and reason of the error, where several will do any
of them; and `seen`, what the check of a page says whose site turned into this one.
"""

from tests.sources.hostile.sites import (
    compression,
    headers,
    lengths,
    protocols,
    redirects,
    stalling,
)
from tests.sources.hostile.sites.making import (
    ARTICLE,
    CHUNKED,
    QUOTE,
    SITES,
    TIMEOUT,
    for_ever,
    head,
    sized,
)

# Imported, they enter their sites.
KINDS = (stalling, compression, lengths, headers, protocols, redirects)

__all__ = [
    "ARTICLE",
    "CHUNKED",
    "KINDS",
    "QUOTE",
    "SITES",
    "TIMEOUT",
    "for_ever",
    "head",
    "sized",
]
