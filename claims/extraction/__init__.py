"""Reading an article: text in, candidates out. Pure; needs no Django."""

from claims.extraction.article import MAX_ARTICLE_CHARACTERS, read_article
from claims.extraction.candidate import Candidate, Form, Kind, Span, Speaker
from claims.extraction.errors import ArticleTooLong, WeightsRefused
from claims.extraction.learned.weights import Weights
from claims.extraction.learned.weights import load as load_weights
from claims.extraction.statement import as_statement

__all__ = [
    "MAX_ARTICLE_CHARACTERS",
    "ArticleTooLong",
    "Candidate",
    "Form",
    "Kind",
    "Span",
    "Speaker",
    "Weights",
    "WeightsRefused",
    "as_statement",
    "load_weights",
    "read_article",
]
