"""An article beside its candidates: accept, edit, merge or reject each in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from claims import drafting, intake, tasks
from claims.access import may_review
from claims.desk import clashing, gone, likely, recording
from claims.desk.compared import preferred
from claims.desk.doors import NO_CONTENT, UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.forms.claims import CandidateForm
from claims.desk.forms.inbox import MergeForm, SearchForm
from claims.desk.keeping import arrived, put_back
from claims.desk.live import if_changed
from claims.desk.marks import Span, Stretch, paragraphs
from claims.errors import ClaimError
from claims.models import Article, Candidate, Claim, Claimant, Draft
from claims.models.imprint import BUILT_IN
from claims.vocabulary import CandidateState, Precision

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(slots=True, kw_only=True)
class Card:
    """One candidate beside the article, ready to be shown."""

    candidate: Candidate
    number: int
    wording: str
    known: bool  # whether its claimant is
    open_again: bool = False  # whether its decision can still be taken back
    alike: Claim | None = None
    clashes: list[clashing.Shown] = field(default_factory=list)
    mode: str = ""  # edit, merge, or nothing
    form: CandidateForm | None = None
    search: SearchForm | None = None
    found: list[Claim] | None = None
    refusal: str = ""
    drafts: dict[str, Draft] = field(default_factory=dict)  # where its form is open

    @property
    def built_in(self) -> bool:
        """Whether no model that was plugged in said which claim it repeats."""
        return self.candidate.compared_by == BUILT_IN

    @property
    def draft_name(self) -> str:
        """Under which name what is typed into its form is kept."""
        return f"candidate:{self.candidate.pk}"


@require_safe
@at_desk
def article(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an article and its candidates; one of them may be open for editing."""
    shown = get_object_or_404(
        Article.objects.select_related("source", "added_by"), pk=pk
    )
    if shown.same_as_id is not None:
        return redirect("desk:article", shown.same_as_id)
    followed = request.htmx and "live" in request.GET
    if followed and _waits(shown) and not shown.parts:
        return HttpResponse(status=NO_CONTENT)
    if not request.htmx:
        put_back(request, None, now=timezone.now())
    cards = _cards(shown)
    asked = _asked(request, cards)
    if asked is not None and may_review(request.user):
        _open(asked, request)
    if asked is not None and request.htmx:
        return _card(request, asked)
    answer = _whole(request, shown, cards)
    return if_changed(request, answer) if followed else answer


def _waits(article: Article) -> bool:
    return article.read_at is None and not article.problem


def _untouched(article: Article, cards: list[Card]) -> bool:
    """Whether reading it once more may bring something, and costs nobody's work."""
    if any(card.candidate.state != CandidateState.PROPOSED for card in cards):
        return False
    # What a model has answered is remembered, so it would answer the same.
    return bool(article.problem or article.why_not)


def _told(article: Article, cards: list[Card]) -> tuple[str, str]:
    """Return in a word how reading an article went, and in a sentence what came of it."""
    if article.problem:
        return "problem", _("The article could not be read.")
    if article.read_at is None:
        return "waiting", ""
    found = len(cards)
    says = ngettext(
        "The article was read: one candidate.",
        "The article was read: %(n)s candidates.",
        found,
    )
    return "read", says % {"n": found}


def _asked(request: DeskRequest, cards: list[Card]) -> Card | None:
    wanted = next(
        (
            request.GET[name]
            for name in ("card", "edit", "merge")
            if name in request.GET
        ),
        None,
    )
    return next((card for card in cards if str(card.candidate.pk) == wanted), None)


def _open(card: Card, request: DeskRequest) -> None:
    if card.candidate.state != CandidateState.PROPOSED:
        return
    if "edit" in request.GET:
        card.mode, card.drafts = "edit", drafting.kept(None, by=request.user)
        card.form = _form(card)
        if card.draft_name in card.drafts:
            card.form.initial |= card.drafts[card.draft_name].fields
    elif "merge" in request.GET:
        card.mode = "merge"
        card.search = SearchForm(request.GET, auto_id=f"c{card.number}_%s")
        words = card.search.cleaned_data["q"] if card.search.is_valid() else ""
        card.found = likely.repeated_by(card.candidate, words=words)


@require_POST
@at_desk
def read_again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have a worker read an article once more."""
    shown = get_object_or_404(Article, pk=pk)
    try:
        shown = intake.read_again(shown, by=request.user)
    except ClaimError as exc:
        messages.error(request, str(exc))
        return redirect(shown)
    tasks.wake_reading(shown)
    return redirect(shown)


# --- What is done with a candidate --------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def accept(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Make a claim of a candidate, as proposed or as the form changed it."""
    if not Candidate.objects.filter(pk=pk).exists():
        return gone.what_was_typed(request, pk)
    card, cards = _card_of(pk)
    if request.method == "POST":
        return _accepted(request, card, cards)
    # To where its form stands.
    article = reverse("desk:article", args=[card.candidate.article_id])
    return redirect(f"{article}?edit={pk}#c{card.number}")


def _accepted(request: DeskRequest, card: Card, cards: list[Card]) -> HttpResponse:
    now = timezone.now()
    try:
        if "statement" not in request.POST:
            intake.accept(card.candidate, by=request.user, at=now)
            return _done(request, card, cards)
        card.mode, card.drafts = "edit", drafting.kept(None, by=request.user)
        card.form = _form(card, request.POST)
        if card.form.is_valid():
            recording.accept(card.candidate, card.form, by=request.user, at=now)
            arrived(request, None, form=card.draft_name)
            return _done(request, card, cards)
    except ClaimError as exc:
        return _refused(request, card, cards, str(exc), status=status_of(exc))
    except ValidationError as exc:
        return _refused(request, card, cards, " ".join(exc.messages))
    return _refused(request, card, cards)


@require_POST
@at_desk
def merge(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Count a candidate as another report of a claim that is tracked already."""
    card, cards = _card_of(pk)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _refused(request, card, cards, _("Choose the claim that it repeats."))
    try:
        intake.merge(
            card.candidate,
            form.cleaned_data["claim"],
            by=request.user,
            at=timezone.now(),
        )
    except ClaimError as exc:
        return _refused(request, card, cards, str(exc), status=status_of(exc))
    return _done(request, card, cards)


@require_POST
@at_desk
def reject(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Set a candidate aside."""
    card, cards = _card_of(pk)
    try:
        intake.reject(card.candidate, by=request.user, at=timezone.now())
    except ClaimError as exc:
        return _refused(request, card, cards, str(exc), status=status_of(exc))
    return _done(request, card, cards)


@require_POST
@at_desk
def reconsider(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have a candidate decided once more, where nothing rests on what became of it."""
    card, cards = _card_of(pk)
    try:
        intake.reconsider(card.candidate, by=request.user)
    except ClaimError as exc:
        return _refused(request, card, cards, str(exc), status=status_of(exc))
    if request.htmx:
        return _done(request, card, cards)
    address = reverse("desk:article", args=[card.candidate.article_id])
    return redirect(f"{address}#c{card.number}")


# --- Answers ------------------------------------------------------------------


def _done(request: DeskRequest, card: Card, cards: list[Card]) -> HttpResponse:
    if request.htmx:
        article = card.candidate.article
        fresh = _cards(article)
        return _card(request, fresh[card.number - 1], counts=_counts(fresh))
    address = reverse("desk:article", args=[card.candidate.article_id])
    later = [
        other
        for other in [*cards[card.number :], *cards]
        if other.candidate.state == CandidateState.PROPOSED
        and other.number != card.number
    ]
    return redirect(f"{address}#c{later[0].number if later else card.number}")


def _refused(
    request: DeskRequest,
    card: Card,
    cards: list[Card],
    refusal: str = "",
    *,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    card.refusal = refusal
    if request.htmx:
        return _card(request, card, status=status)
    return _whole(request, card.candidate.article, cards, status=status)


def _card(
    request: DeskRequest,
    card: Card,
    *,
    status: int = 200,
    counts: dict[str, int] | None = None,
) -> HttpResponse:
    return render(
        request,
        "claims/desk/_candidate_answer.html",
        {"card": card, "counts": counts, "may_review": may_review(request.user)},
        status=status,
    )


def _whole(
    request: DeskRequest, shown: Article, cards: list[Card], *, status: int = 200
) -> HttpResponse:
    template = "_article.html" if request.htmx else "article.html"
    standing, news = _told(shown, cards)
    return render(
        request,
        f"claims/desk/{template}",
        {
            "article": shown,
            "lines": _lines(shown, cards),
            "cards": cards,
            "counts": _counts(cards),
            "waiting": _waits(shown),
            "untouched": not _waits(shown) and _untouched(shown, cards),
            "standing": standing,
            "news": news if request.GET.get("told") == "waiting" else "",
            "may_review": may_review(request.user),
        },
        status=status,
    )


# --- What is shown ------------------------------------------------------------


def _card_of(pk: UUID) -> tuple[Card, list[Card]]:
    candidate = get_object_or_404(
        Candidate.objects.select_related("article__source"), pk=pk
    )
    cards = _cards(candidate.article)
    return next(card for card in cards if card.candidate.pk == pk), cards


def _cards(article: Article) -> list[Card]:
    candidates = list(
        article.candidates.in_reading_order().select_related(
            "claim__claimant", "decided_by"
        )
    )
    proposed = [c for c in candidates if c.state == CandidateState.PROPOSED]
    names = {candidate.claimant_name for candidate in proposed}
    known = {
        name
        for claimant in Claimant.objects.going_by(names).only("name", "aliases")
        for name in (claimant.name, *claimant.aliases)
    }
    open_again = _open_again(candidates)
    alike = preferred(proposed, likely.closest(proposed)) if proposed else {}
    clashes = clashing.of_candidates(candidates)
    return [
        Card(
            candidate=candidate,
            number=number,
            wording=intake.wording(candidate),
            known=candidate.claimant_name in known,
            open_again=candidate.pk in open_again,
            alike=alike.get(candidate.pk),
            clashes=clashes.get(candidate.pk, []),
        )
        for number, candidate in enumerate(candidates, start=1)
    ]


def _open_again(candidates: list[Candidate]) -> set[UUID]:
    decided = [c.pk for c in candidates if c.state != CandidateState.PROPOSED]
    if not decided:
        return set()
    found = intake.reconsiderable().filter(pk__in=decided)
    return set(found.values_list("pk", flat=True))


def _lines(article: Article, cards: list[Card]) -> list[list[tuple[Stretch, str]]]:
    states = {card.number: card.candidate.state for card in cards}
    spans = [
        Span(number=card.number, start=start, end=end)
        for card in cards
        for start, end in card.candidate.pieces
    ]
    return [
        [
            (stretch, states[stretch.numbers[-1]] if stretch.numbers else "")
            for stretch in line
        ]
        for line in paragraphs(article.text, spans)
    ]


def _counts(cards: list[Card]) -> dict[str, int]:
    states = [card.candidate.state for card in cards]
    return {
        "all": len(states),
        "open": states.count(CandidateState.PROPOSED),
        "accepted": states.count(CandidateState.ACCEPTED),
        "merged": states.count(CandidateState.MERGED),
        "rejected": states.count(CandidateState.REJECTED),
    }


def _form(card: Card, data: Any = None) -> CandidateForm:
    candidate = card.candidate
    return CandidateForm(
        data,
        auto_id=f"c{card.number}_%s",
        initial={
            "statement": intake.statement(candidate),
            "original_wording": card.wording,
            "claimant": candidate.claimant_name,
            "claimant_kind": candidate.claimant_kind,
            "role_at_time": candidate.role,
            "said_on": candidate.said_on or candidate.article.published_on,
            "said_at_precision": Precision.DAY,
            "form": candidate.form,
            "language": candidate.article.language,
        },
    )
