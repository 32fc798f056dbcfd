"""Bytes of a page to what a reader sees (pure)."""

from sources.readable.page import Page, contains, read, text_digest, visible

__all__ = ["Page", "contains", "read", "text_digest", "visible"]
