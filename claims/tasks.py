"""What workers do for claims. Rows are the truth: each task may run twice."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from celery import shared_task

from claims import (
    documents,
    exchange,
    feeding,
    imprinting,
    outbox,
    reading,
    recheck,
    repeats,
    seconding,
    suggesting,
    watching,
    webhooks,
)
from claims.errors import ArticleRefused
from claims.models import Article, Candidate, Comparison, KeptAnswer
from sources import wire
from sources.clock import shared_now

logger = logging.getLogger(__name__)

DISPATCH = "sources.tasks.dispatch"
ARTICLES_AT_A_TIME = 20
FIRST_LOOKS, SECONDS_BETWEEN_LOOKS = 10, 1  # for a page that is being fetched
SUGGESTING_SECONDS = 20.0
SECONDING_SECONDS = 60.0
IMPRINTING_SECONDS = 20.0  # at a time, so that articles get their turn
TAKING_IN_SECONDS = 20.0
PRINTING_SECONDS = 20.0
COMPARED_WITHIN = timedelta(days=1)  # later an editor has long decided


@shared_task
def recheck_claims() -> None:
    """Bring back published claims whose evidence moved."""
    recheck.sweep(now=shared_now())


@shared_task
def watch_cited_pages() -> None:
    """Have the pages under claims in review looked at more closely."""
    now = shared_now()
    watching.make_known(now=now)
    watching.sweep(now=now)


@shared_task
def imprint_claims() -> None:
    """Make vectors of what was said, a while long; what is left waits for the next."""
    until = time.monotonic() + IMPRINTING_SECONDS
    while imprinting.imprint_some() == imprinting.AT_ONCE:
        if time.monotonic() > until:
            return


@shared_task
def take_in_files() -> None:
    """Go on with files that are taken in, a while long; what is left waits for another."""
    until = time.monotonic() + TAKING_IN_SECONDS
    while exchange.go_on(clock=shared_now, seconds=until - time.monotonic()):
        if time.monotonic() > until:
            take_in_files.delay()
            return


@shared_task
def print_documents() -> None:
    """Print what readers are sent before they ask, a while long; so does who reads it."""
    until = time.monotonic() + PRINTING_SECONDS
    while documents.print_due() == documents.PRINTED_AT_ONCE:
        if time.monotonic() > until:
            return


@shared_task
def suggest_contradictions() -> None:
    """Compare what waits with what others said; what is left waits for the next."""
    until = time.monotonic() + SUGGESTING_SECONDS
    for comparison in Comparison.objects.due().iterator(chunk_size=50):
        if suggesting.begin(comparison):
            suggesting.compare(comparison, at=shared_now())
        if time.monotonic() > until:
            return


@shared_task
def tell_events() -> None:
    """Tell what readers can see by now, and have it sent to webhooks."""
    outbox.tell(now=shared_now())
    # Also where nothing was told: there is what is tried again.
    send_to_webhooks.delay()


@shared_task
def notice_events() -> None:
    """Write down what became of the pages under published claims."""
    if outbox.notice(now=shared_now()):
        tell_events.delay()


@shared_task(time_limit=10 * 60)
def send_to_webhooks() -> None:
    """Send events to webhooks until nothing is due."""
    webhooks.deliver(clock=shared_now)


@shared_task
def second_contradictions() -> None:
    """Have the plugged-in model judge what waits; what is left waits for the next."""
    until = time.monotonic() + SECONDING_SECONDS
    while time.monotonic() < until and seconding.second_some(now=shared_now()):
        pass


@shared_task
def forget_answers() -> None:
    """Throw away what nobody is answered with any more."""
    KeptAnswer.objects.outlived(shared_now()).delete()


@shared_task
def read_waiting_articles() -> None:
    """Find articles that no worker is reading, in case a message was lost."""
    now = shared_now()
    for waiting in (
        Article.objects.unattended(now),
        Article.objects.with_page_looked_at(now),
    ):
        for article in waiting.order_by("added_at")[:ARTICLES_AT_A_TIME]:
            propose_candidates.delay(article_id=str(article.pk))


@shared_task
def await_page(*, article_id: str, looks: int = FIRST_LOOKS) -> None:
    """Read an article as soon as its page is there; after a while the sweep does."""
    if Article.objects.with_page_looked_at(shared_now()).filter(pk=article_id).exists():
        propose_candidates.delay(article_id=article_id)
    elif looks:
        await_page.apply_async(
            kwargs={"article_id": article_id, "looks": looks - 1},
            countdown=SECONDS_BETWEEN_LOOKS,
        )


def wake_reading(article: Article) -> None:
    """Have an article read once this is saved; a lost message costs half a minute."""
    key = str(article.pk)
    if article.waits_for_page:
        wire.wake_after_commit(DISPATCH)
        wire.wake_after_commit(await_page.name, article_id=key)
    else:
        wire.wake_after_commit(propose_candidates.name, article_id=key)


@shared_task
def propose_candidates(*, article_id: str) -> None:
    """Read one article and keep what it proposes; give up on one that kills readers."""
    article = Article.objects.get(pk=article_id)
    try:
        if not feeding.take_page(article, now=shared_now()):
            return  # its page is not there yet, or has the text of another article
    except ArticleRefused as exc:
        reading.refuse(article, problem=str(exc))
        return
    if not reading.begin_reading(article, now=shared_now()):
        return  # it was read, is being read, or was given up
    try:
        reading.propose(article, at=shared_now())
        compare_candidates.delay(article_id=article_id)
    except ArticleRefused as exc:
        reading.refuse(article, problem=str(exc))
        logger.warning("article was refused", extra={"article": article_id})


@shared_task
def compare_waiting_candidates() -> None:
    """Find candidates that no model was asked about, in case a message was lost."""
    since = shared_now() - COMPARED_WITHIN
    waiting = Candidate.objects.open().uncompared().filter(article__read_at__gt=since)
    keys = waiting.order_by("article").values_list("article", flat=True).distinct()
    for key in keys[:ARTICLES_AT_A_TIME]:
        compare_candidates.delay(article_id=str(key))


@shared_task
def compare_candidates(*, article_id: str) -> None:
    """Find which tracked claims an article's candidates repeat, in whatever words."""
    repeats.compare(Article.objects.get(pk=article_id), now=shared_now())
