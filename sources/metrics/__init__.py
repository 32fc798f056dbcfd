"""
What the workers did, in numbers: counted as it happens, read by whoever scrapes.

`sources.metrics.collecting` reads them, and is for the web alone: a worker that counts
needs none of it.
"""

from sources.metrics.counting import count

__all__ = ["count"]
