"""What the whole API shares: who calls, what is taken, how lists and refusals look."""

from config.api.paging import KeysetPagination
from config.api.parsing import StrictJSONParser
from config.api.problems import problem
from config.api.scopes import ScopedPermission
from config.api.tokens import TokenAuthentication

__all__ = [
    "KeysetPagination",
    "ScopedPermission",
    "StrictJSONParser",
    "TokenAuthentication",
    "problem",
]
