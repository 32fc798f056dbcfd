"""
Telling programs: each event to each webhook, signed, until it was taken.

`keeping` is what owners do with their webhooks; `leasing` gives due deliveries to one
worker at a time; `posting` sends one; `delivering` is the work of a worker.
"""

from claims.webhooks.delivering import deliver
from claims.webhooks.keeping import (
    add,
    change,
    remove,
    replay,
    rotate,
    send_test,
)

__all__ = ["add", "change", "deliver", "remove", "replay", "rotate", "send_test"]
