"""Documents as they are asked for: one, or a page of them, in one question each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from claims.access import Role
from claims.documents.printing import print_these
from claims.documents.wording import press
from claims.models.token import digest
from claims.vocabulary import Scope
from sources.prepared import ask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# Readers are shown by the clock of the database, in this statement.
_IS_OUT = "public_since <= statement_timestamp()"
# Those who see more than readers, by the groups that make them so.
_THE_DESK = ", ".join(f"'{role.group}'" for role in Role if role >= Role.CONTRIBUTOR)
# Whose token is used is written down each minute, and that is not done here. What the
# desk sees is another matter: by role, and with the scope to read it.
_A_READER = f"""EXISTS (
    SELECT FROM claims_accesstoken t JOIN auth_user u ON u.id = t.user_id
    WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND u.is_active
    AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp())
    AND t.last_used_at > statement_timestamp() - interval '1 minute'
    AND (
        NOT '{Scope.CLAIMS_READ.value}' = ANY (t.scopes)
        OR NOT u.is_superuser AND NOT EXISTS (
            SELECT FROM auth_user_groups m JOIN auth_group g ON g.id = m.group_id
            WHERE m.user_id = u.id AND g.name IN ({_THE_DESK})
        )
    )
)"""  # noqa: S608 — of this file alone


class Place(NamedTuple):
    """Where a document stands in the list."""

    created_at: datetime
    claim: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Some documents, the newest first, and where the ends of it stand."""

    body: bytes  # with commas between, as in an array
    newest: Place
    oldest: Place
    more: bool  # documents beyond, in the direction that was asked for


def one(claim: UUID, *, secret: str = "") -> tuple[bytes, str] | None:
    """
    Return the document of a claim and its tag; None where readers see no such claim.

    None as well where `secret` is not the token of a reader, used a moment ago.
    """
    asked = {"claim": claim, **_caller(secret)}
    rows = ask(
        f"SELECT {_holds()}, body, etag FROM claims_document"  # noqa: S608 — of this file alone
        f" WHERE claim_id = %(claim)s AND {_IS_OUT}{_for(secret=bool(secret))}",
        asked,
    )
    if not rows:
        return None
    ((holds, body, etag),) = rows
    if holds:
        return body, etag
    new = print_these([claim]).get(claim)
    return None if new is None else (new.body, new.etag)


def some(
    *,
    limit: int,
    beyond: Place | None = None,
    back: bool = False,
    secret: str = "",
) -> Sheet | None:
    """
    Return the documents that are older than a place, or `back` to those newer than it.

    None where there are none, or `secret` is not the token of a reader, used a moment
    ago.
    """
    asked = {**_caller(secret), **_behind(beyond)}
    rows = ask(_page(limit, back, beyond is not None, bool(secret)), asked)
    if not rows:
        return None
    shown = rows[:limit]
    if back:
        shown.reverse()
    return Sheet(
        body=b",".join(_told(shown).values()),
        newest=Place(shown[0][1], shown[0][0]),
        oldest=Place(shown[-1][1], shown[-1][0]),
        more=len(rows) > limit,
    )


def these(claims: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the documents of these claims, of those that readers see."""
    rows = ask(
        f"SELECT claim_id, created_at, body, {_holds()} FROM claims_document"  # noqa: S608 — of this file alone
        f" WHERE claim_id = ANY (%(claims)s) AND {_IS_OUT}",
        {"claims": list(claims)},
    )
    return _told(rows)


# The numbers of a page are written out: with one to be filled in, PostgreSQL would take
# it for a tenth of all there is, and plan anew each time to do better.
@cache
def _page(limit: int, back: bool, beyond: bool, secret: bool) -> str:  # noqa: FBT001 — kept by them
    way, order = (">", "ASC") if back else ("<", "DESC")
    behind = (
        f" AND (created_at, claim_id) {way} (%(created_at)s, %(claim)s)"
        if beyond
        else ""
    )
    return (
        f"SELECT claim_id, created_at, body, {_holds()} AS holds FROM claims_document"  # noqa: S608 — of this file alone
        f" WHERE {_IS_OUT}{behind}{_for(secret=secret)}"
        f" ORDER BY created_at {order}, claim_id {order} LIMIT {limit + 1}"
    )


@cache
def _holds() -> str:
    """Return the condition for what was printed by this code and still holds."""
    return (
        f"edition = printed AND by_press = '{press()}' AND"
        " (changes_at IS NULL OR changes_at > statement_timestamp())"
    )


def _told(rows: list[Any]) -> dict[UUID, bytes]:
    stale = [claim for claim, _at, _body, holds in rows if not holds]
    new = print_these(stale) if stale else {}
    return {
        claim: body if holds else new[claim].body
        for claim, _at, body, holds in rows
        if holds or claim in new
    }


def _for(*, secret: bool) -> str:
    return f" AND {_A_READER}" if secret else ""


def _caller(secret: str) -> dict[str, Any]:
    return {"digest": digest(secret)} if secret else {}


def _behind(place: Place | None) -> dict[str, Any]:
    return place._asdict() if place else {}
