"""What this installation has learned of contradictions, beside its data."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from claims.disagreement.signals.weights import load
from claims.extraction import WeightsRefused

if TYPE_CHECKING:
    from claims.disagreement.signals import Weights

logger = logging.getLogger(__name__)


def weights_path() -> Path:
    """Return where the weights of judging are kept."""
    return Path(settings.MODELS) / "contradiction.json"


def learned_weights() -> Weights | None:
    """
    Return what was learned of judging; None where nothing was, or nothing of use.

    A file that this program cannot use is an error in the log, and the weights that
    come with the program stand in.
    """
    path = weights_path()
    try:
        written = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _loaded(path, written)


def problem() -> str:
    """Say in a sentence why the weights of judging are of no use; empty if they are."""
    try:
        load(weights_path())
    except FileNotFoundError:
        return ""
    except (WeightsRefused, OSError) as exc:
        return str(exc)
    return ""


@lru_cache(maxsize=1)
def _loaded(path: Path, _written: int) -> Weights | None:
    try:
        return load(path)
    except (WeightsRefused, OSError) as exc:
        logger.error("weights were refused, ours judge", extra={"why": str(exc)})  # noqa: TRY400 - the reason is the whole story
        return None
