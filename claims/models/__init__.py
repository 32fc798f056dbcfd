from claims.models.answer import KeptAnswer
from claims.models.article import Article, Candidate
from claims.models.assessment import Assessment
from claims.models.attention import Audit, Opening
from claims.models.citation import Citation
from claims.models.claim import Claim, Move
from claims.models.claimant import Claimant
from claims.models.clash import Clash, Comparison
from claims.models.desk import Draft, Lease
from claims.models.document import Document
from claims.models.endpoint import EndpointAnswer, EndpointDay, EndpointPause
from claims.models.event import Event
from claims.models.exchange import Import, ImportPart, ImportRow
from claims.models.imprint import Imprint
from claims.models.review import Correction, Review
from claims.models.snooze import Snooze
from claims.models.token import AccessToken
from claims.models.view import SavedView
from claims.models.webhook import Attempt, Delivery, Webhook

__all__ = [
    "AccessToken",
    "Article",
    "Assessment",
    "Attempt",
    "Audit",
    "Candidate",
    "Citation",
    "Claim",
    "Claimant",
    "Clash",
    "Comparison",
    "Correction",
    "Delivery",
    "Document",
    "Draft",
    "EndpointAnswer",
    "EndpointDay",
    "EndpointPause",
    "Event",
    "Import",
    "ImportPart",
    "ImportRow",
    "Imprint",
    "KeptAnswer",
    "Lease",
    "Move",
    "Opening",
    "Review",
    "SavedView",
    "Snooze",
    "Webhook",
]
