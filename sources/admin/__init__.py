"""The panel's pages about sources, and what every page of the panel keeps to."""

from sources.admin import record, sites, source

__all__ = ["record", "sites", "source"]
