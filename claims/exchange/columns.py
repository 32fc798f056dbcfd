"""
The columns of a table of claims, and a row of it understood as a record.

A claim that several others assess, or that stands on several pages, takes several rows:
each repeats the claim and brings one more of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from claims.exchange import ratings
from claims.exchange.formulas import armed
from claims.exchange.record import Page, Record, RowRefused, Voice, Who
from claims.exchange.weighing import RATING, ROLE, STATEMENT, Scales
from claims.vocabulary import AssessmentState, ClaimantKind, Form, Precision, Stance
from sources.saying import gettext_noop as _

if TYPE_CHECKING:
    from claims.exchange.terms import Terms

# What is read. In this order they are written, too.
READ = (
    "statement",
    "original_wording",
    "form",
    "language",
    "topics",
    "claimant",
    "claimant_kind",
    "claimant_same_as",
    "role_at_time",
    "said_at",
    "said_at_precision",
    "source_url",
    "quotation",
    "source_role",
    "assessor",
    "assessor_kind",
    "assessor_same_as",
    "stance",
    "assessment_state",
    "assessment",
    "assessed_at",
    "assessed_at_precision",
    "rating_text",
    "review_url",
)
# What is written for people, and not read: our own verdicts come from the desk alone.
WRITTEN_ONLY = (
    "id",
    "page",
    "status",
    "verdict",
    "rating_value",
    "review_summary",
    "published_at",
)
NEEDED = ("statement", "claimant")
BETWEEN_TOPICS = "; "

# As others call them.
_ALIASES = {
    "claim": "statement",
    "claim_text": "statement",
    "claim_reviewed": "statement",
    "claimreviewed": "statement",
    "text": "statement",
    "wording": "original_wording",
    "quote": "original_wording",
    "speaker": "claimant",
    "claimed_by": "claimant",
    "said_by": "claimant",
    "claim_author": "claimant",
    "date": "said_at",
    "said_on": "said_at",
    "claim_date": "said_at",
    "lang": "language",
    "topic": "topics",
    "tags": "topics",
    "source": "source_url",
    "appearance": "source_url",
    "publisher": "assessor",
    "fact_checker": "assessor",
    "rating": "rating_text",
    "textual_rating": "rating_text",
    "textualrating": "rating_text",
    "url": "review_url",
    "review_date": "assessed_at",
    "title": "assessment",
    "headline": "assessment",
}


def named(header: str) -> str:
    """Return what a column is called here; its own name where it is not known."""
    spelled = "_".join(header.replace("\ufeff", "").strip().casefold().split())
    spelled = spelled.replace("-", "_")
    return _ALIASES.get(spelled, spelled)


def is_known(name: str) -> bool:
    """Tell whether a column means something here."""
    return name in READ or name in WRITTEN_ONLY


def read(cells: Mapping[str, object], *, terms: Terms) -> Record:
    """Understand one row. Raises RowRefused."""
    scales = Scales(now=terms.now)
    row = {
        name: armed(cell) if isinstance(cell, str) else cell
        for name, cell in cells.items()
    }
    statement = scales.demanded(
        "statement", scales.text("statement", row.get("statement"), most=STATEMENT)
    )
    wording = scales.text(
        "original_wording", row.get("original_wording"), most=STATEMENT
    )
    claimant = _claimant(scales, row, terms)
    said_at, precision = _when(scales, row, "said_at")
    page = _page(scales, row, exact=wording or statement)
    voice = _voice(scales, row)
    record_form = scales.one_of("form", row.get("form"), Form)
    language = scales.language(
        "language", row.get("language"), of=statement, otherwise=terms.language
    )
    topics = scales.topics("topics", _parted(row.get("topics")))
    role = scales.text("role_at_time", row.get("role_at_time"), most=ROLE)
    if scales.faults or claimant is None:
        raise RowRefused(*scales.faults)
    return Record(
        statement=statement,
        wording=wording,
        form=record_form or Form.INDIRECT,
        language=language,
        topics=topics,
        claimant=claimant,
        role_at_time=role,
        said_at=said_at,
        precision=precision,
        pages=(page,) if page else (),
        voices=(voice,) if voice else (),
    )


Cells = Mapping[str, object]


def _parted(value: object, *, by: str = ";") -> list[object]:
    if not isinstance(value, str):
        return [] if value is None else [value]
    return list(value.split(by))


def _claimant(scales: Scales, row: Cells, terms: Terms) -> Who | None:
    kind = scales.one_of("claimant_kind", row.get("claimant_kind"), ClaimantKind)
    same_as = str(row.get("claimant_same_as") or "").split()
    found = scales.who("claimant", row.get("claimant"), kind=kind, same_as=same_as)
    if found is None and terms.unnamed and not scales.faults:
        return Who(name=terms.unnamed, kind=ClaimantKind.GROUP)
    scales.demanded("claimant", found.name if found else "")
    return found


def _when(scales: Scales, row: Cells, name: str) -> tuple:  # type: ignore[type-arg]  # as `Scales.moment` has it
    at, precision = scales.moment(name, row.get(name))
    said = scales.one_of(f"{name}_precision", row.get(f"{name}_precision"), Precision)
    return at, said or precision


def _page(scales: Scales, row: Cells, *, exact: str) -> Page | None:
    words = scales.text("quotation", row.get("quotation"), most=STATEMENT)
    role = scales.text("source_role", row.get("source_role"), most=20)
    if role and role not in _ROLES:
        scales.refuse(
            "source_role",
            "not_a_choice",
            _("This is none of the words that are known here: %(value)s"),
            _("Write one of these: %(choices)s."),
            value=role,
            choices=", ".join(_ROLES),
        )
    return scales.page(
        "source_url",
        row.get("source_url"),
        exact=words or exact,
        role=role or _ROLES[0],
    )


_ROLES = ("said_here", "evidence_for", "evidence_against", "context")
_OF_A_VOICE = ("assessor", "stance", "assessment", "rating_text", "review_url")


def _voice(scales: Scales, row: Cells) -> Voice | None:
    if not any(str(row.get(name) or "").strip() for name in _OF_A_VOICE):
        return None
    kind = scales.one_of("assessor_kind", row.get("assessor_kind"), ClaimantKind)
    url = scales.link("review_url", row.get("review_url"))
    rating = scales.text("rating_text", row.get("rating_text"), most=RATING)
    words = scales.text("assessment", row.get("assessment"), most=STATEMENT) or rating
    same_as = str(row.get("assessor_same_as") or "").split()
    assessor = scales.who(
        "assessor",
        row.get("assessor"),
        kind=kind or ClaimantKind.MEDIA,
        same_as=same_as,
    )
    scales.demanded("assessor", assessor.name if assessor else "")
    scales.demanded("assessment", words)
    stance, clear = _stance(scales, row, rating)
    said_at, precision = _when(scales, row, "assessed_at")
    if assessor is None or not words:
        return None
    page = scales.page("review_url", url, exact=words, role="context") if url else None
    return Voice(
        assessor=assessor,
        stance=stance,
        clear=clear,
        statement=words,
        said_at=said_at,
        precision=precision,
        rating_text=rating,
        url=url,
        pages=(page,) if page else (),
    )


def _stance(scales: Scales, row: Cells, rating: str) -> ratings.Judged:
    stance = scales.one_of("stance", row.get("stance"), Stance)
    state = scales.one_of(
        "assessment_state", row.get("assessment_state"), AssessmentState
    )
    decided = state in {None, AssessmentState.CONFIRMED}
    if stance:
        return ratings.Judged(stance, clear=decided)
    if not rating:
        scales.demanded("stance", "")
    found = ratings.judged(rating)
    return ratings.Judged(found.stance, clear=found.clear and decided)
