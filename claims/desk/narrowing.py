"""What narrows the queue down."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.forms.fields import Words
from claims.desk.heaps import LABELS
from claims.models import Citation, Claim, Claimant, Review
from claims.vocabulary import AT_THE_DESK, AssessmentState, Verdict
from sources.models import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.models.citation import CitationQuerySet
    from claims.models.claim import ClaimQuerySet

DUE = [
    ("", gettext_lazy("Any time")),
    ("late", gettext_lazy("Late")),
    ("day", gettext_lazy("Within a day")),
    ("week", gettext_lazy("A week")),
]
WITHIN = {"late": timedelta(0), "day": timedelta(days=1), "week": timedelta(days=7)}
UNPUBLISHED = "none"
LOOKED_AT = 1_000
SPEAKERS_AT_MOST = 200  # whose names hold the words that are looked for
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?([^/?#:\s]+)", re.IGNORECASE)


def _one_of(label: Any, values: Iterable[str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", gettext_lazy("Any")), *((value, value) for value in values)],
        required=False,
        error_messages={
            # A value that was there when a view was saved, or an address was sent.
            "invalid_choice": gettext_lazy("No claim at the desk has “%(value)s”.")
        },
    )


class FilterForm(forms.Form):
    """What narrows the queue down."""

    q = Words(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    due = forms.ChoiceField(label=gettext_lazy("Due"), choices=DUE, required=False)
    # Not the one in the making: whoever asks for it would learn what is blind.
    verdict = forms.ChoiceField(
        label=gettext_lazy("Published verdict"),
        choices=[
            ("", gettext_lazy("Any")),
            *Verdict.choices,
            (UNPUBLISHED, gettext_lazy("None yet")),
        ],
        required=False,
    )
    language = _one_of(gettext_lazy("Language"), ())
    topic = _one_of(gettext_lazy("Topic"), ())
    domain = Words(
        label=gettext_lazy("Cited site"),
        max_length=255,
        required=False,
        widget=forms.TextInput(
            attrs={
                "placeholder": "example.org",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
    )

    def offer(self, *, languages: list[str], topics: list[str]) -> None:
        """Let people choose among what is there."""
        self.fields["language"] = _one_of(gettext_lazy("Language"), languages)
        self.fields["topic"] = _one_of(gettext_lazy("Topic"), topics)

    def clean_domain(self) -> str:
        """Return the name of a site, of whatever address was typed or pasted."""
        typed: str = self.cleaned_data["domain"].strip()
        found = _HOST.match(typed)
        if not typed:
            return ""
        host = found[1].lower().rstrip(".") if found else typed
        if not _heard_citations(host).exists():
            raise forms.ValidationError(
                _("No page of “%(site)s” is cited."), params={"site": host}
            )
        return host

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows, as it was sent."""
        sent = {name: self.data.get(name) or "" for name in self.fields}
        return {name: value for name, value in sent.items() if value}


def filters(asked: Mapping[str, Any]) -> FilterForm:
    """Return the form with what was asked for, offering what is at the desk."""
    form = FilterForm(asked, auto_id="filter_%s")
    at_desk = Claim.objects.filter(status__in=AT_THE_DESK)
    # Of however many wait: the most urgent ones show what there is.
    some = list(
        at_desk.most_urgent_first().values_list("language", "topics")[:LOOKED_AT]
    )
    languages = {language for language, _ in some}
    topics = {topic for _, of_claim in some for topic in of_claim}
    language, topic = str(asked.get("language", "")), str(asked.get("topic", ""))
    if language and language not in languages:
        languages.update([language] * at_desk.filter(language=language).exists())
    if topic and topic not in topics:
        topics.update([topic] * at_desk.filter(topics__contains=[topic]).exists())
    form.offer(languages=sorted(languages), topics=sorted(topics))
    return form


def described(kept: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return what filters narrow down to, in words: each label with its value."""
    words: dict[str, dict[str, Any]] = {
        "tab": {tab.value: label for tab, label in LABELS.items()},
        "due": dict(DUE),
        "verdict": {**dict(Verdict.choices), UNPUBLISHED: _("None yet")},
    }
    labels = {"tab": _("Queue")} | {
        name: field.label for name, field in FilterForm.base_fields.items()
    }
    return [
        (label, words.get(name, {}).get(str(kept[name]), kept[name]))
        for name, label in labels.items()
        if kept.get(name)
    ]


def narrowed(heap: ClaimQuerySet, form: FilterForm, *, now: datetime) -> ClaimQuerySet:
    """Claims of the heap that fit; none where the form makes no sense."""
    if not form.is_valid():
        return heap.none()
    asked = form.cleaned_data
    if asked["q"]:
        heap = _worded(heap, asked["q"])
    if asked["due"]:
        heap = heap.filter(due_at__lte=now + WITHIN[asked["due"]])
    if asked["language"]:
        heap = heap.filter(language=asked["language"])
    if asked["topic"]:
        heap = heap.filter(topics__contains=[asked["topic"]])
    return _cited_there(_found(heap, asked["verdict"]), asked["domain"])


def _worded(heap: ClaimQuerySet, words: str) -> ClaimQuerySet:
    asked = SearchQuery(words, search_type="websearch", config="english")
    # Two steps: an OR across two tables would leave both indexes unused.
    speakers = list(
        Claimant.objects.filter(name__icontains=words)
        .by_name()
        .values_list("pk", flat=True)[:SPEAKERS_AT_MOST]
    )
    return heap.filter(Q(search=asked) | Q(claimant__in=speakers))


def _found(heap: ClaimQuerySet, verdict: str) -> ClaimQuerySet:
    if not verdict:
        return heap
    standing = Review.objects.current().filter(claim=OuterRef("pk"))
    if verdict == UNPUBLISHED:
        return heap.filter(~Exists(standing))
    return heap.filter(Exists(standing.filter(verdict=verdict)))


def _cited_there(heap: ClaimQuerySet, host: str) -> ClaimQuerySet:
    if not host:
        return heap
    cited = _heard_citations(host)
    return heap.filter(
        Q(pk__in=cited.exclude(claim=None).values("claim"))
        | Q(pk__in=cited.exclude(assessment=None).values("assessment__claim"))
    )


def _heard_citations(host: str) -> CitationQuerySet:
    # What a review cites is left out: a blind one would show what it rests on.
    return Citation.objects.filter(
        passage__source__in=_sources_of(host), review=None
    ).exclude(assessment__state=AssessmentState.REJECTED)


def _sources_of(host: str) -> Any:
    return Source.objects.filter(
        Q(host__in=[host, f"www.{host}"]) | Q(host__endswith=f".{host}")
    )
