"""What workers do for claims. Rows are the truth: each task may run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from claims import intake, recheck, watching
from claims.errors import ArticleRefused
from claims.models import Article

logger = logging.getLogger(__name__)

ARTICLES_AT_A_TIME = 20


@shared_task
def recheck_claims() -> None:
    """Bring back published claims whose evidence moved."""
    recheck.sweep(now=timezone.now())


@shared_task
def watch_cited_pages() -> None:
    """Have the pages under claims in review looked at more closely."""
    watching.sweep(now=timezone.now())


@shared_task
def read_waiting_articles() -> None:
    """Find articles that no worker has read, in case a message was lost."""
    waiting = Article.objects.waiting().order_by("added_at")[:ARTICLES_AT_A_TIME]
    for article in waiting:
        propose_candidates.delay(article_id=str(article.pk))


@shared_task
def propose_candidates(*, article_id: str) -> None:
    """Read one article and keep what it proposes; give up on one that kills readers."""
    article = Article.objects.get(pk=article_id)
    if not intake.begin_reading(article):
        logger.error("article was given up", extra={"article": article_id})
        return
    try:
        intake.propose(article, at=timezone.now())
    except ArticleRefused as exc:
        Article.objects.filter(pk=article_id).update(problem=str(exc)[:500])
        logger.warning("article was refused", extra={"article": article_id})
