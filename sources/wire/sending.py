"""Telling what has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial

from django.db import transaction

from sources.wire.store import WireDown, ask, channel

logger = logging.getLogger(__name__)


def tell(names: Iterable[str]) -> None:
    """
    Say that there is something new to be seen of what is named so.

    One message for all of them; call it after the transaction. Where nobody hears it,
    or Redis does not answer, nothing happens.
    """
    words = " ".join(names)
    if not words:
        return
    try:
        ask(lambda store: store.publish(channel(), words))
    except WireDown as exc:
        logger.warning("nobody was told", extra={"reason": str(exc)})


def tell_after_commit(*names: str) -> None:
    """Say so once what is being written can be seen, and never if it is not."""
    transaction.on_commit(partial(tell, names), robust=True)
