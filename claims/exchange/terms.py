"""On what terms a file is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is the same for every row of a file."""

    now: datetime
    unnamed: str = ""  # whom a claim is put down to that names nobody
    language: str = "en"  # of what does not say
