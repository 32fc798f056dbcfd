"""Do the quoted words still stand in a text, letter for letter? (pure)"""

from sources.quote.differing import Change, Kind, changes
from sources.quote.finding import Finding, Standing, find
from sources.quote.folding import Folded, fold

__all__ = ["Change", "Finding", "Folded", "Kind", "Standing", "changes", "find", "fold"]
