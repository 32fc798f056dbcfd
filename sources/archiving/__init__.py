"""What was seen, kept: here under the hash of its body, and in archives elsewhere."""

from sources.archiving.keeping import digest, keep

__all__ = ["digest", "keep"]
