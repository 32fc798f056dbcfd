"""The inbox: articles with statements that wait for an editor, and adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from claims import drafting, feeding, tasks
from claims.access import may_edit
from claims.desk.doors import NO_CONTENT, UNPROCESSABLE, DeskRequest, at_desk
from claims.desk.forms.inbox import ArticleForm
from claims.desk.keeping import arrived, put_back
from claims.desk.live import if_changed
from claims.errors import ArticleRefused
from claims.models import Article
from sources.discretion import sources_open_to
from sources.errors import SourceError

if TYPE_CHECKING:
    from uuid import UUID

    from sources.models import Snapshot, Source

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def inbox(request: DeskRequest) -> HttpResponse:
    """Show the articles with open candidates, and take in another."""
    if request.method != "POST":
        put_back(request, None, now=timezone.now())
        kept = drafting.kept(None, by=request.user).get("article")
        typed = kept.fields if kept else None
        return _page(request, ArticleForm(initial=typed, auto_id="article_%s"))
    form = ArticleForm(request.POST, request.FILES, auto_id="article_%s")
    if form.is_valid():
        try:
            return _taken_in(request, form.cleaned_data)
        except (ArticleRefused, SourceError) as exc:
            form.add_error(None, str(exc))
    return _page(request, form, status=UNPROCESSABLE)


def _taken_in(request: DeskRequest, given: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    if not given["file"] and not given["text"].strip():
        source = feeding.fetch(given["url"], by=request.user, at=now)
        arrived(request, None, form="article")
        return redirect("desk:page", source.pk)
    told: dict[str, Any] = {
        name: given[name] for name in ("title", "publisher", "published_on", "language")
    } | {"source_url": given["url"], "by": request.user, "at": now}
    article = (
        feeding.add_file(given["file"], **told)
        if given["file"]
        else feeding.add_article(text=given["text"], **told)
    )
    if article.added_at != now:
        messages.info(request, _("This text was in the inbox already; here it is."))
    elif article.read_at is None:
        tasks.wake_reading(article)
    arrived(request, None, form="article")
    return redirect("desk:article", article.pk)


def _page(
    request: DeskRequest, form: ArticleForm, *, status: int = 200
) -> HttpResponse:
    articles = Article.objects.with_open_candidates().select_related(
        "source", "added_by"
    )
    everything = request.GET.get("show") == "all"
    shown = articles if everything else articles.unfinished()
    found = list(shown.defer("text").newest_first()[:SHOWN])
    context: dict[str, Any] = {"articles": found, "everything": everything}
    context |= _standing(found, before=request.GET.get("told"))
    if request.htmx and request.method != "POST":
        part = render(request, "claims/desk/_inbox_articles.html", context)
        return if_changed(request, part)
    context["may_edit"] = may_edit(request.user)
    context |= {"drafts": drafting.kept(None, by=request.user), "form": form}
    return render(request, "claims/desk/inbox.html", context, status=status)


def _standing(articles: list[Article], *, before: str | None) -> dict[str, str]:
    """Return how much waits, in a word, and in a sentence where more has come."""
    # `open` is counted beside each row.
    waiting = sum(article.open for article in articles)  # type: ignore[attr-defined]
    was = int(before) if before and before.isdecimal() and len(before) < 9 else None
    says = ngettext(
        "One candidate waits in the inbox.",
        "%(n)s candidates wait in the inbox.",
        waiting,
    )
    more = was is not None and waiting > was
    return {"standing": str(waiting), "news": says % {"n": waiting} if more else ""}


@require_safe
@at_desk
def page(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a page that was given by its address, once a worker has fetched it."""
    source = get_object_or_404(sources_open_to(request.user), pk=pk)
    snapshot = feeding.newest_text(source)
    form = None
    if snapshot is not None:
        form = ArticleForm(auto_id="article_%s", initial=_read_off(source, snapshot))
    look = source.checks.newest_first().first()
    waiting = snapshot is None and (
        look is None or feeding.under_way(source, now=timezone.now())
    )
    if (
        request.htmx
        and waiting
        and request.GET.get("look") == (str(look.pk) if look else "")
    ):
        return HttpResponse(status=NO_CONTENT)
    return render(
        request,
        "claims/desk/_page_fetched.html" if request.htmx else "claims/desk/page.html",
        {
            "source": source,
            "form": form,
            "look": look,
            "waiting": waiting,
            "standing": "waiting" if waiting else "ended",
            "news": _news(form) if request.GET.get("told") == "waiting" else "",
        },
    )


def _news(form: ArticleForm | None) -> str:
    return _("The page is here.") if form else _("The page could not be read.")


def _read_off(source: Source, snapshot: Snapshot) -> dict[str, Any]:
    given = feeding.read_off(source, snapshot)
    return {
        "url": given.address,
        "text": given.text,
        "title": given.title,
        "publisher": given.publisher,
        "published_on": given.published_on,
        "language": given.language,
    }
