"""From a file of whatever sort to its rows, one at a time (no row of the database)."""

from claims.exchange.reading.files import File, open_file, refused
from claims.exchange.reading.rows import rows

__all__ = ["File", "open_file", "refused", "rows"]
