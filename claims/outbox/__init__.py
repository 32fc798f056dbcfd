"""
What readers are told of: written with the change, told once it can be seen.

`writing` puts an event down in the transaction of what it is about; `noticing` finds
what workers saw happen to cited pages; `telling` gives events their numbers and
hands them to webhooks.
"""

from claims.outbox.noticing import notice
from claims.outbox.telling import tell
from claims.outbox.writing import (
    assessment_confirmed,
    forget_what_is_to_come,
    published,
    retracted,
)

__all__ = [
    "assessment_confirmed",
    "forget_what_is_to_come",
    "notice",
    "published",
    "retracted",
    "tell",
]
