"""What a client has to know before its first request: the head of the reference."""

from __future__ import annotations

import json
import re
from typing import Any

from claims.api.shapes.claims import INCLUDABLE
from config.api.paging import PART

ABOUT = """\
Who claimed what, who contradicts it, and whether the quoted words still stand on the
pages cited.

## Addresses
Everything lives below `/api/v1/`, without a slash at the end; with one it works as well.

## Who you are
What is published can be read by anybody. For the rest send a token,
`Authorization: Bearer fct_…`, or use the session of the site; changes in a session need
the header `X-CSRFToken` as well. A token does what its scopes **and** the role of its
owner allow; a session has every scope. What you may not see answers 404, as if it were
not there; what you may not do answers 403; a missing or wrong token answers 401.

## Lists
`{"results": […], "next": url|null, "previous": url|null}`; the same two addresses stand
in the header `Link`. Go on by them as they are: the `cursor` in them is signed and
belongs to the query. Pages do not shift when rows come or go. `limit` is at most 200.
`count=exact` adds `count`, and `count_is` beside it: `exact`, or `at_least` beyond
10,000; `count=estimated` is cheaper and says `estimated` where it goes by statistics.
`fields=id,statement` gives those members alone, `include=assessments,citations` gives a
claim with what belongs to it (the first 20 of each), and `as_of=` a claim as readers read
it at that moment. Where a parameter takes several words, put commas between them. A
parameter that is unknown, malformed or given twice is refused with 400.

## Changes
Every representation has a strong `ETag`. Send it as `If-None-Match` to get 304 while
nothing changed. A `PATCH` **has** to send it as `If-Match` (428 without): if somebody
saved first, the answer is 412 with what stands now in `current`, and nothing of yours
was saved. What workers find out about pages does not get in the way of a change.
The same holds for a second verdict and for a third: they are about the claim **and**
what others say about it, so its `ETag` changes with its confirmed assessments too. Get
the claim first, then its assessments.

## Once, and only once
A `POST` takes an `Idempotency-Key` that you make up (up to 255 printable characters, a
UUID will do). Where an answer was lost, send the same request with the same key within
24 hours: it is not done again, and you are given the answer of the first time with
`Idempotency-Replayed: true`. The answer is saved together with the change, so this holds
even if our server dies between the two. While the first request is being answered the
second gets 409; another request under the same key gets 422. Keys belong to a token, or
to a person in a session. What was refused changed nothing and is tried anew. A token's
secret is kept nowhere: asked for again, it is 409.

## Many at once
`POST /api/v1/claims:batch` records up to 500 claims, all or none (`atomic`, the default) or
those that can be, with a result for each; `dry_run` tells what would happen.

## Bodies
JSON objects in UTF-8, at most 2 MiB (4 for articles) and 32 levels deep, no member
twice, none that is not named here. Text holds no control characters and no
bidirectional overrides.

## How much
A token, or a person in a session, is answered so many times a minute, and so is an
address without either. `RateLimit-Limit` and `RateLimit-Remaining` say how many, and
`RateLimit-Reset` in how many seconds it begins anew. Beyond it: 429 with `Retry-After`.

## Refusals
Always `application/problem+json` (RFC 9457): `status`, `title`, `detail` for people,
`code` for programs, `request_id` for when you ask us, and `errors`, where each `pointer`
is a JSON Pointer into the body or `?name` for a parameter of the query.

| status | when |
| --- | --- |
| 400 | something that was sent cannot be taken |
| 401 | the token is missing, wrong, expired or revoked |
| 403 | the token lacks a scope, the person a role, or it is not theirs to do |
| 404 | there is nothing here, or nothing that you may see |
| 405, 406, 415 | another method, another `Accept`, another `Content-Type` |
| 409 | a claim, candidate or suggestion does not stand where this starts, or something stored stands against it; a request with this key is being answered |
| 412, 428 | somebody saved first; `If-Match` is missing |
| 413 | the body is too large |
| 422 | a rule of publication is not met; the key came with another request |
| 429 | too much was asked in this minute |
| 503 | the database does not answer; nothing was saved, try again |

## The blind second review
Until both verdicts on a claim are in, only the writer of a review sees what it found:
elsewhere it has `blind: true` and empty findings.
"""


def introduced(*, result: dict[str, Any], **others: Any) -> dict[str, Any]:
    """
    Put the introduction at the head of the document; a hook of drf-spectacular.

    It says of every body, too, that what is not named in it is refused.
    """
    result["info"]["description"] = ABOUT
    shapes = result["components"]["schemas"]
    for name, shape in shapes.items():
        if name.endswith("Request"):
            shape["additionalProperties"] = False
    shapes["Claim"]["required"] = [
        name for name in shapes["Claim"]["required"] if name not in INCLUDABLE
    ]
    for name in sorted(_in_part(result)):
        shapes[f"{name}{PART}"] = _some_of(shapes[name], name)
    return result


def _in_part(document: dict[str, Any]) -> set[str]:
    """Return the shapes of which the document speaks in part."""
    named = re.findall(
        rf'#/components/schemas/(\w+){PART}"', json.dumps(document, default=str)
    )
    return set(named)


def _some_of(shape: dict[str, Any], name: str) -> dict[str, Any]:
    some = {key: value for key, value in shape.items() if key != "required"}
    return {**some, "description": f"Those members of a {name} that `fields` names."}
