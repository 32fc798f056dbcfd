"""Which of some claims says what a text says, and how sure that is. Pure: no Django."""

from claims.matching.rank.features import Asked, Near
from claims.matching.rank.ranking import Ranked, ranked

__all__ = ["Asked", "Near", "Ranked", "ranked"]
