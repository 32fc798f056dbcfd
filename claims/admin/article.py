"""Articles that were fed to the desk, and what was proposed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from claims import intake
from claims.admin.refusals import each, told_on
from claims.models import Article, Candidate
from claims.tasks import propose_candidates
from sources import wire
from sources.admin.naming import link_to, named, said
from sources.admin.panel import Panel, TabularRows, become, moment, person
from sources.admin.refusal import TellingForm
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

UNTITLED = _("(untitled)")


class ArticleForm(TellingForm):
    """An article as it is fed to the desk."""

    text = forms.CharField(
        max_length=settings.CLAIMS_ARTICLE_MAX_CHARACTERS,
        strip=False,  # offsets count from its first character
        validators=[plain],
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField said"}),
    )
    source_url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=URL_MAX_CHARACTERS,
        validators=[plain],
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
        help_text=gettext_lazy(
            "Where it stands on the web. It is watched from now on."
        ),
    )


class Candidates(TabularRows):
    """What was proposed from an article, in reading order."""

    model = Candidate
    fields = readonly_fields = (
        "words",
        "claimant_name",
        "form",
        "cue",
        "state",
        "into",
    )
    verbose_name_plural = gettext_lazy("Proposed statements")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        rows: QuerySet[Candidate] = super().get_queryset(request)
        return rows.select_related("claim").order_by("start", "pk")

    @admin.display(description=gettext_lazy("Words"))
    def words(self, candidate: Candidate) -> str:
        return link_to(candidate, candidate.text[:200])

    @admin.display(description=gettext_lazy("Claim"))
    def into(self, candidate: Candidate) -> str:
        return link_to(candidate.claim)


@admin.register(Article)
class ArticlePanel(Panel):
    """Articles. Once fed they stay as they are: candidates point into the text."""

    form = ArticleForm
    list_display = (
        "name",
        "publisher",
        "published_on",
        "open_candidates",
        "added_by",
        "added_at",
        "read_at",
    )
    list_filter = (("read_at", admin.EmptyFieldListFilter), "language")
    search_fields = ("title", "publisher", "source__canonical_url")
    list_select_related = ("added_by",)
    date_hierarchy = "added_at"
    ordering = ("-added_at", "-pk")
    readonly_fields = ("page", "added_by", "added_at", "read_at", "problem")
    adds = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: Any = super().get_queryset(request)
        counted: QuerySet[Article] = articles.with_open_candidates()
        # A list does not fetch a megabyte for each line.
        return counted if _one(request) else counted.defer("text")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        about = ("title", "publisher", "published_on", "language")
        if obj is None:
            return (*about, "source_url", "text")
        return (*about, *self.readonly_fields, "text")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return (Candidates,) if obj is not None else ()

    @admin.display(description=gettext_lazy("Title"), ordering="title")
    def name(self, article: Article) -> str:
        return article.title or str(UNTITLED)

    @admin.display(description=gettext_lazy("Open"), ordering="open")
    def open_candidates(self, article: Article) -> int:
        return int(getattr(article, "open", 0))

    @admin.display(description=gettext_lazy("Page"))
    def page(self, article: Article) -> str:
        return link_to(article.source)

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        with told_on(form):
            kept = intake.add_article(
                by=person(request),
                at=moment(request),
                **{name: form.cleaned_data[name] for name in self.get_fields(request)},
            )
        if kept.added_at != moment(request):
            messages.info(request, _("The desk has this text already; here it is."))
        become(obj, kept)
        wire.wake_after_commit(propose_candidates.name, article_id=str(kept.pk))


def _one(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "object_id" in match.kwargs


@admin.register(Candidate)
class CandidatePanel(Panel):
    """Proposed statements; an editor accepts or rejects them, here or at the desk."""

    list_display = ("words", "claimant_name", "form", "in_article", "state", "into")
    list_filter = ("state", "form", "claimant_kind")
    search_fields = ("text", "claimant_name", "mention")
    list_select_related = ("claim", "article")
    ordering = ("-article", "start", "pk")
    actions = ("accept", "reject")
    fields = (
        "words",
        "in_article",
        ("claimant_name", "claimant_kind"),
        ("role", "affiliation"),
        ("mention", "cue"),
        ("form", "when", "said_on"),
        ("state", "into", "decided_by", "decided_at"),
    )
    readonly_fields = ("words", "in_article", "into")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        rows: QuerySet[Candidate] = super().get_queryset(request)
        return rows.defer("article__text").select_related("article", "claim")

    @admin.display(description=gettext_lazy("Words"), ordering="text")
    def words(self, candidate: Candidate) -> str:
        return said(candidate.text, characters=400)

    @admin.display(description=gettext_lazy("Article"))
    def in_article(self, candidate: Candidate) -> str:
        return link_to(candidate.article, candidate.article.title or str(UNTITLED))

    @admin.display(description=gettext_lazy("Claim"))
    def into(self, candidate: Candidate) -> str:
        return (
            link_to(candidate.claim, named(candidate.claim)[:80])
            if candidate.claim
            else "–"
        )

    @admin.action(description=gettext_lazy("Accept as claims"))
    def accept(self, request: HttpRequest, rows: QuerySet[Candidate]) -> None:
        each(
            request,
            rows,
            lambda row: intake.accept(row, by=person(request), at=moment(request)),
            done=ngettext_lazy(
                "%(n)s accepted as a claim.", "%(n)s accepted as claims.", "n"
            ),
        )

    @admin.action(description=gettext_lazy("Reject"))
    def reject(self, request: HttpRequest, rows: QuerySet[Candidate]) -> None:
        each(
            request,
            rows,
            lambda row: intake.reject(row, by=person(request), at=moment(request)),
            done=ngettext_lazy("%(n)s rejected.", "%(n)s rejected.", "n"),
        )
