"""The panel's pages about sources, and what every page of the panel keeps to."""

from sources.admin import record, source

__all__ = ["record", "source"]
