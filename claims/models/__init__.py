from claims.models.article import Article, Candidate
from claims.models.assessment import Assessment
from claims.models.attention import Audit, Opening
from claims.models.citation import Citation
from claims.models.claim import Claim, Move
from claims.models.claimant import Claimant
from claims.models.desk import Draft, Lease
from claims.models.endpoint import EndpointAnswer, EndpointDay, EndpointPause
from claims.models.imprint import Imprint
from claims.models.review import Correction, Review
from claims.models.snooze import Snooze
from claims.models.token import AccessToken
from claims.models.view import SavedView

__all__ = [
    "AccessToken",
    "Article",
    "Assessment",
    "Audit",
    "Candidate",
    "Citation",
    "Claim",
    "Claimant",
    "Correction",
    "Draft",
    "EndpointAnswer",
    "EndpointDay",
    "EndpointPause",
    "Imprint",
    "Lease",
    "Move",
    "Opening",
    "Review",
    "SavedView",
    "Snooze",
]
