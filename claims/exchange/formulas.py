"""
Cells that a spreadsheet would take for a formula (pure).

On the way out such a cell gets an apostrophe in front, on the way in it is taken away
again: what was written comes back as it was.
"""

from __future__ import annotations

import re

# OWASP, «CSV Injection»; the full-width ones are taken for the others by Excel in
# Japanese.
_STARTS = "=+@\t\r\n＝＋－＠-"
_DANGEROUS = re.compile(rf"'*[{re.escape(_STARTS)}]")
_DEFUSED = re.compile(rf"'+[{re.escape(_STARTS)}]")


def defused(cell: str) -> str:
    """Return the cell so that no program computes it."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def armed(cell: str) -> str:
    """Return the cell as it was before it was defused."""
    return cell[1:] if _DEFUSED.match(cell) else cell
