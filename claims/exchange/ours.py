"""A claim as this house writes it to JSON, understood as a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.exchange import ratings
from claims.exchange.record import Page, Record, RowRefused, Voice, Who
from claims.exchange.weighing import RATING, ROLE, STATEMENT, Scales
from claims.vocabulary import (
    AssessmentState,
    CitationRole,
    ClaimantKind,
    Form,
    Precision,
    Stance,
)
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from claims.exchange.terms import Terms

_MOST = 200  # of each list
# What a claim may hold: what is read, and what is written for programs.
_MEMBERS = frozenset(
    [
        "id",
        "page",
        "status",
        "version",
        "created_at",
        "updated_at",
        "review",
        "statement",
        "original_wording",
        "form",
        "language",
        "topics",
        "claimant",
        "role_at_time",
        "said_at",
        "said_at_precision",
        "citations",
        "assessments",
        "@context",
        "@type",
    ]
)


def read(node: dict[str, Any], *, terms: Terms) -> Record:
    """Understand one claim. Raises RowRefused."""
    scales = Scales(now=terms.now)
    for name in sorted(node.keys() - _MEMBERS)[:5]:
        scales.refuse(
            name[:60],
            "unknown",
            _("There is no such member in a claim."),
            _("Take it out, or look how it is spelled."),
        )
    statement = scales.demanded(
        "statement", scales.text("statement", node.get("statement"), most=STATEMENT)
    )
    wording = scales.text(
        "original_wording", node.get("original_wording"), most=STATEMENT
    )
    claimant = _who(scales, "claimant", node.get("claimant"), ClaimantKind.PERSON)
    if claimant is None and terms.unnamed and not scales.faults:
        claimant = Who(name=terms.unnamed, kind=ClaimantKind.GROUP)
    scales.demanded("claimant", claimant.name if claimant else "")
    said_at, precision = _when(scales, node)
    form = scales.one_of("form", node.get("form"), Form)
    language = scales.language(
        "language", node.get("language"), of=statement, otherwise=terms.language
    )
    topics = scales.topics("topics", _list(scales, "topics", node))
    role = scales.text("role_at_time", node.get("role_at_time"), most=ROLE)
    pages = tuple(_pages(scales, node, wording or statement))
    voices = tuple(_voices(scales, node))
    if scales.faults or claimant is None:
        raise RowRefused(*scales.faults)
    return Record(
        statement=statement,
        wording=wording,
        form=form or Form.INDIRECT,
        language=language,
        topics=topics,
        claimant=claimant,
        role_at_time=role,
        said_at=said_at,
        precision=precision,
        pages=pages,
        voices=voices,
    )


def _list(scales: Scales, name: str, node: dict[str, Any]) -> list[Any]:
    value = node.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > _MOST:
        scales.refuse(
            name,
            "not_a_list",
            _("This is no list, or one of more than %(most)s."),
            _("Write [ … ], even around one."),
            most=_MOST,
        )
        return []
    return value


def _nodes(scales: Scales, name: str, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place, each in enumerate(_list(scales, name, node)):
        if isinstance(each, dict):
            yield each
            continue
        scales.refuse(
            f"{name}/{place}",
            "not_an_object",
            _("This is no object."),
            _("Write { … } with named members."),
        )


def _who(scales: Scales, name: str, value: Any, otherwise: ClaimantKind) -> Who | None:
    node = value if isinstance(value, dict) else {"name": value}
    kind = scales.one_of(f"{name}.kind", node.get("kind"), ClaimantKind)
    role = scales.text(f"{name}.role", node.get("role"), most=ROLE)
    links = node.get("same_as")
    return scales.who(
        name,
        node.get("name"),
        kind=kind or otherwise,
        role=role,
        same_as=links if isinstance(links, list) else (),
    )


def _when(scales: Scales, node: dict[str, Any]) -> tuple[Any, Precision]:
    at, precision = scales.moment("said_at", node.get("said_at"))
    said = scales.one_of("said_at_precision", node.get("said_at_precision"), Precision)
    return at, said or precision


def _pages(scales: Scales, node: dict[str, Any], words: str) -> Iterator[Page]:
    for each in _nodes(scales, "citations", node):
        exact = scales.text("citations.exact", each.get("exact"), most=STATEMENT)
        role = scales.one_of("citations.role", each.get("role"), CitationRole)
        page = scales.page(
            "citations.url",
            each.get("url"),
            exact=exact or words,
            role=role or CitationRole.SAID_HERE,
        )
        if page:
            yield page


def _voices(scales: Scales, node: dict[str, Any]) -> Iterator[Voice]:
    for each in _nodes(scales, "assessments", node):
        assessor = _who(
            scales, "assessments.assessor", each.get("assessor"), ClaimantKind.MEDIA
        )
        scales.demanded("assessments.assessor", assessor.name if assessor else "")
        rating = scales.text(
            "assessments.rating_text", each.get("rating_text"), most=RATING
        )
        words = scales.text(
            "assessments.statement", each.get("statement"), most=STATEMENT
        )
        words = scales.demanded("assessments.statement", words or rating)
        judged = _judged(scales, each, rating)
        said_at, precision = _when(scales, each)
        if assessor and words:
            yield Voice(
                assessor=assessor,
                stance=judged.stance,
                clear=judged.clear,
                statement=words,
                said_at=said_at,
                precision=precision,
                rating_text=rating,
                url=scales.link("assessments.url", each.get("url")),
                pages=tuple(_pages(scales, each, words)),
            )


def _judged(scales: Scales, node: dict[str, Any], rating: str) -> ratings.Judged:
    stance = scales.one_of("assessments.stance", node.get("stance"), Stance)
    state = scales.one_of("assessments.state", node.get("state"), AssessmentState)
    decided = state in {None, AssessmentState.CONFIRMED}
    if stance:
        return ratings.Judged(stance, clear=decided)
    if not rating:
        scales.demanded("assessments.stance", "")
    found = ratings.judged(rating)
    return ratings.Judged(found.stance, clear=found.clear and decided)
