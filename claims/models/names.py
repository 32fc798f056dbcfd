"""
What people call the models and their columns, in one place for all of them.

A column goes by one name in whatever model it stands, and in the model of its history,
and no migration is needed to call it otherwise or in another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.utils.functional import _StrPromise

MODELS = {
    "claimant": (gettext_lazy("claimant"), gettext_lazy("claimants")),
    "claim": (gettext_lazy("claim"), gettext_lazy("claims")),
    "move": (gettext_lazy("move"), gettext_lazy("moves")),
    "article": (gettext_lazy("article"), gettext_lazy("articles")),
    "candidate": (gettext_lazy("candidate"), gettext_lazy("candidates")),
    "assessment": (gettext_lazy("assessment"), gettext_lazy("assessments")),
    "review": (gettext_lazy("review"), gettext_lazy("reviews")),
    "correction": (gettext_lazy("correction"), gettext_lazy("corrections")),
    "opening": (gettext_lazy("opening"), gettext_lazy("openings")),
    "audit": (gettext_lazy("audit"), gettext_lazy("audits")),
    "citation": (gettext_lazy("citation"), gettext_lazy("citations")),
    "lease": (gettext_lazy("lease"), gettext_lazy("leases")),
    "draft": (gettext_lazy("draft"), gettext_lazy("drafts")),
    "keychoice": (gettext_lazy("key choice"), gettext_lazy("key choices")),
    "snooze": (gettext_lazy("snooze"), gettext_lazy("snoozes")),
    "accesstoken": (gettext_lazy("access token"), gettext_lazy("access tokens")),
    "savedview": (gettext_lazy("saved view"), gettext_lazy("saved views")),
}
COLUMNS = {
    "added_at": pgettext_lazy("column", "added at"),
    "added_by": pgettext_lazy("column", "added by"),
    "affiliation": pgettext_lazy("column", "affiliation"),
    "aliases": pgettext_lazy("column", "aliases"),
    "arbiter": pgettext_lazy("column", "arbiter"),
    "arbiter_note": pgettext_lazy("column", "arbiter note"),
    "arbitrated_at": pgettext_lazy("column", "arbitrated at"),
    "are_on": pgettext_lazy("column", "are on"),
    "article": pgettext_lazy("column", "article"),
    "assessment": pgettext_lazy("column", "assessment"),
    "assessor": pgettext_lazy("column", "assessor"),
    "assigned_to": pgettext_lazy("column", "assigned to"),
    "at": pgettext_lazy("column", "at"),
    "attempts": pgettext_lazy("column", "attempts"),
    "author": pgettext_lazy("column", "author"),
    "based_on": pgettext_lazy("column", "based on"),
    "by": pgettext_lazy("column", "by"),
    "canonical": pgettext_lazy("column", "canonical"),
    "claim": pgettext_lazy("column", "claim"),
    "claimant": pgettext_lazy("column", "claimant"),
    "claimant_kind": pgettext_lazy("column", "claimant kind"),
    "claimant_name": pgettext_lazy("column", "claimant name"),
    "correction_kind": pgettext_lazy("column", "correction kind"),
    "correction_note": pgettext_lazy("column", "correction note"),
    "created_at": pgettext_lazy("column", "created at"),
    "created_by": pgettext_lazy("column", "created by"),
    "cue": pgettext_lazy("column", "cue"),
    "decided_at": pgettext_lazy("column", "decided at"),
    "decided_by": pgettext_lazy("column", "decided by"),
    "digest": pgettext_lazy("column", "digest"),
    "drawn_at": pgettext_lazy("column", "drawn at"),
    "due_at": pgettext_lazy("column", "due at"),
    "end": pgettext_lazy("column", "end"),
    "expires_at": pgettext_lazy("column", "expires at"),
    "explanation": pgettext_lazy("column", "explanation"),
    "filters": pgettext_lazy("column", "filters"),
    "first_verdict": pgettext_lazy("column", "first verdict"),
    "form": pgettext_lazy("column", "form"),
    "from_status": pgettext_lazy("column", "from status"),
    "hint": pgettext_lazy("column", "hint"),
    "holder": pgettext_lazy("column", "holder"),
    "keys": pgettext_lazy("column", "keys"),
    "kind": pgettext_lazy("column", "kind"),
    "language": pgettext_lazy("column", "language"),
    "last_used_at": pgettext_lazy("column", "last used at"),
    "mention": pgettext_lazy("column", "mention"),
    "moved_at": pgettext_lazy("column", "moved at"),
    "name": pgettext_lazy("column", "name"),
    "note": pgettext_lazy("column", "note"),
    "opened_at": pgettext_lazy("column", "opened at"),
    "original_wording": pgettext_lazy("column", "original wording"),
    "owner": pgettext_lazy("column", "owner"),
    "passage": pgettext_lazy("column", "passage"),
    "person": pgettext_lazy("column", "person"),
    "pieces": pgettext_lazy("column", "pieces"),
    "problem": pgettext_lazy("column", "problem"),
    "published_at": pgettext_lazy("column", "published at"),
    "published_on": pgettext_lazy("column", "published on"),
    "publisher": pgettext_lazy("column", "publisher"),
    "rating_text": pgettext_lazy("column", "rating text"),
    "read_at": pgettext_lazy("column", "read at"),
    "read_by": pgettext_lazy("column", "read by"),
    "reason": pgettext_lazy("column", "reason"),
    "review": pgettext_lazy("column", "review"),
    "review_from": pgettext_lazy("column", "review from"),
    "review_to": pgettext_lazy("column", "review to"),
    "revoked_at": pgettext_lazy("column", "revoked at"),
    "role": pgettext_lazy("column", "role"),
    "role_at_time": pgettext_lazy("column", "role at time"),
    "said_at": pgettext_lazy("column", "said at"),
    "said_at_precision": pgettext_lazy("column", "said at precision"),
    "said_on": pgettext_lazy("column", "said on"),
    "same_as": pgettext_lazy("column", "same as"),
    "saved_at": pgettext_lazy("column", "saved at"),
    "scopes": pgettext_lazy("column", "scopes"),
    "second_note": pgettext_lazy("column", "second note"),
    "second_reviewer": pgettext_lazy("column", "second reviewer"),
    "second_verdict": pgettext_lazy("column", "second verdict"),
    "seconded_at": pgettext_lazy("column", "seconded at"),
    "set_at": pgettext_lazy("column", "set at"),
    "shared": pgettext_lazy("column", "shared"),
    "source": pgettext_lazy("column", "source"),
    "stance": pgettext_lazy("column", "stance"),
    "start": pgettext_lazy("column", "start"),
    "state": pgettext_lazy("column", "state"),
    "statement": pgettext_lazy("column", "statement"),
    "status": pgettext_lazy("column", "status"),
    "submitted_at": pgettext_lazy("column", "submitted at"),
    "summary": pgettext_lazy("column", "summary"),
    "text": pgettext_lazy("column", "text"),
    "title": pgettext_lazy("column", "title"),
    "to_status": pgettext_lazy("column", "to status"),
    "topics": pgettext_lazy("column", "topics"),
    "until": pgettext_lazy("column", "until"),
    "updated_at": pgettext_lazy("column", "updated at"),
    "url": pgettext_lazy("column", "url"),
    "user": pgettext_lazy("column", "user"),
    "valid_from": pgettext_lazy("column", "valid from"),
    "valid_to": pgettext_lazy("column", "valid to"),
    "verdict": pgettext_lazy("column", "verdict"),
    "version": pgettext_lazy("column", "version"),
    "when": pgettext_lazy("column", "when"),
    "wikidata_id": pgettext_lazy("column", "wikidata id"),
    "written_by": pgettext_lazy("column", "written by"),
}
# Where a word means something else in one of them.
OTHERWISE = {
    ("citation", "role"): pgettext_lazy("column of a citation", "role"),
}


def give(models: Iterable[type[Model]]) -> None:
    """Call each of the models and its columns as people do."""
    for model in models:
        meta = model._meta
        kind = meta.model_name or ""
        if kind in MODELS:
            meta.verbose_name, meta.verbose_name_plural = MODELS[kind]
        for column in meta.concrete_fields:
            called = _called(kind, column.name)
            if called is not None:
                column.verbose_name = called


def _called(kind: str, column: str) -> _StrPromise | None:
    return OTHERWISE.get((kind, column), COLUMNS.get(column))
