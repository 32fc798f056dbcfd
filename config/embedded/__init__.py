"""
PostgreSQL and Valkey from wheels, for whoever names no servers of their own.

`database_url` and `redis_url` only tell where the servers of a checkout would be;
`running` has them run. Nothing here needs Django, or starts anything when imported.
"""

import os

from config.embedded.attachment import Attachment, attach, running
from config.embedded.errors import EmbeddedError, EmbeddedRefused, ServerDidNotStart
from config.embedded.layout import Layout

__all__ = [
    "Attachment",
    "EmbeddedError",
    "EmbeddedRefused",
    "Layout",
    "ServerDidNotStart",
    "attach",
    "database_url",
    "redis_url",
    "running",
]


def database_url(base_dir: str | os.PathLike[str]) -> str:
    """Return `postgresql://counterclaim@/counterclaim?host=FOLDER` for a checkout."""
    return Layout.of_checkout(base_dir).database_url


def redis_url(base_dir: str | os.PathLike[str]) -> str:
    """Return `unix://SOCKET` for a checkout."""
    return Layout.of_checkout(base_dir).redis_url
