"""
What is answered in place of a page: a wall, an error page with a friendly face.

    case = Case(page=impression(asked, fetched, page), known=…, …)
    if obstacle := find_obstacle(case):
        obstacle.kind, obstacle.sentence

Each kind has a table of signs with their weights; a kind is found where the signs
that are seen add up to enough. No sign is enough that ordinary pages have as well.
"""

from sources.obstacles.finding import (
    Kind,
    Obstacle,
    find_obstacle,
    is_wall_by_marks,
    is_worth_a_probe,
)
from sources.obstacles.impression import Impression, impression
from sources.obstacles.likeness import Sibling, without_address
from sources.obstacles.signs import Case

__all__ = [
    "Case",
    "Impression",
    "Kind",
    "Obstacle",
    "Sibling",
    "find_obstacle",
    "impression",
    "is_wall_by_marks",
    "is_worth_a_probe",
    "without_address",
]
