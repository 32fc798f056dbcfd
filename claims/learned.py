"""What this installation has learned: files beside the data, never in the repository."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from claims.extraction import Weights, WeightsRefused, load_weights

logger = logging.getLogger(__name__)


def extraction_path() -> Path:
    """Return where the weights of reading are kept."""
    return Path(settings.MODELS) / "extraction.npz"


def extraction_weights() -> Weights | None:
    """
    Return what was learned of reading; None where nothing was, or nothing of use.

    A file that this program cannot use is an error in the log, and the rules read
    alone: an article is not kept waiting for it.
    """
    path = extraction_path()
    try:
        written = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _loaded(path, written)


def extraction_problem() -> str:
    """Say in a sentence why the weights of reading are of no use; empty if they are."""
    try:
        load_weights(extraction_path())
    except FileNotFoundError:
        return ""
    except (WeightsRefused, OSError) as exc:
        return str(exc)
    return ""


@lru_cache(maxsize=1)
def _loaded(path: Path, _written: int) -> Weights | None:
    try:
        return load_weights(path)
    except (WeightsRefused, OSError) as exc:
        logger.error("weights were refused, rules read alone", extra={"why": str(exc)})  # noqa: TRY400 - the reason is the whole story
        return None
