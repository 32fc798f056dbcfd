"""What the settings say about the plugged-in model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings


class Use(StrEnum):
    """What a model can be plugged in for; the words of EXTRACTION_API_FOR."""

    EXTRACTION = "extraction"
    MATCHING = "matching"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Whom to ask, and how much of it."""

    url: str  # of the chat completions themselves
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0  # for one answer
    requests_a_day: int = 1_000
    tokens_a_day: int = 2_000_000

    @property
    def name(self) -> str:
        """The model's name in our rows: the same model elsewhere is another one."""
        return hashlib.sha256(f"{self.url}\n{self.model}".encode()).hexdigest()


def terms_for(use: Use) -> Terms | None:
    """Return whom to ask about this; None where the built-in way is the only one."""
    if not settings.EXTRACTION_API_URL or use not in settings.EXTRACTION_API_FOR:
        return None
    return Terms(
        url=f"{settings.EXTRACTION_API_URL.rstrip('/')}/chat/completions",
        model=settings.EXTRACTION_API_MODEL,
        key=settings.EXTRACTION_API_KEY,
        seconds=settings.EXTRACTION_API_WITHIN.total_seconds(),
        requests_a_day=settings.EXTRACTION_API_REQUESTS,
        tokens_a_day=settings.EXTRACTION_API_TOKENS,
    )
