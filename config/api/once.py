"""
A POST that is sent again under the same `Idempotency-Key` is not done again.

The answer is kept in the transaction of the change itself. A web process that dies
before the commit has changed nothing; one that dies after it has left the answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from claims.models import AccessToken, KeptAnswer
from claims.models.answer import KEY_MAX_CHARACTERS, alone_with
from config.api.parsing import too_large
from sources.api.refusals import InFlight, KeyOfAnother, KeyRefused, SecretNotKept
from sources.api.resource import KEY_OF_A_REQUEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rest_framework.request import Request

    from sources.api.resource import Resource

REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(rf"[\x21-\x7e]{{1,{KEY_MAX_CHARACTERS}}}")
_KEPT_HEADERS = ("Location", "Link")
# What makes another request of the same body.
_HEADERS_THAT_COUNT = ("Content-Type", "If-Match")


def done_once(
    resource: Resource,
    answer: Callable[..., Response],
    request: Request,
    *args: Any,
    **kwargs: Any,
) -> Response:
    """
    Answer a POST, or give the answer it had before.

    Raises KeyRefused, InFlight where the same is being answered, KeyOfAnother where
    the key came with something else, and SecretNotKept. Keys of strangers count for
    nothing: nothing is theirs to change.
    """
    key = _key(request)
    if not request.user.is_authenticated:
        return answer(request, *args, **kwargs)
    asked, token = _asked(resource, request), _token(request)
    with transaction.atomic():
        if not alone_with(key, of=resource.caller, token=token):
            raise InFlight
        before = KeptAnswer.objects.under(key, of=resource.caller, token=token)
        kept = before.standing(resource.now).first()
        if kept is not None:
            return _again(kept, asked)
        before.delete()  # one that has outlived its day
        response = answer(request, *args, **kwargs)
        KeptAnswer.objects.create(
            user=resource.caller,
            token=token,
            key=key,
            asked=asked,
            at=resource.now,
            **_of(response, resource),
        )
    return response


def _key(request: Request) -> str:
    key = request.headers[KEY_OF_A_REQUEST]
    if not _KEY.fullmatch(key):
        raise KeyRefused
    return key


def _token(request: Request) -> AccessToken | None:
    return request.auth if isinstance(request.auth, AccessToken) else None


def _again(kept: KeptAnswer, asked: str) -> Response:
    if kept.asked != asked:
        raise KeyOfAnother
    if kept.body is None:
        raise SecretNotKept
    content = bytes(kept.body)
    return Response(
        json.loads(content) if content else None,
        status=kept.status,
        headers={**kept.headers, REPLAYED: "true"},
    )


def _of(response: Response, resource: Resource) -> dict[str, Any]:
    content = b"" if response.data is None else JSONRenderer().render(response.data)
    headers = {
        name: response.headers[name]
        for name in _KEPT_HEADERS
        if name in response.headers
    }
    if content:
        headers["ETag"] = resource.tag_of(content)
    return {
        "status": response.status_code,
        "headers": headers,
        "body": None if resource.operation.secret else content,
    }


# --- What was asked -----------------------------------------------------------


def _asked(resource: Resource, request: Request) -> str:
    found = hashlib.sha256()
    for part in _parts(resource, request):
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()


def _parts(resource: Resource, request: Request) -> Iterator[bytes]:
    yield request.get_full_path().encode()
    if request.content_type.startswith("multipart/"):
        yield from _parts_of_a_form(request)
        return
    for name in _HEADERS_THAT_COUNT:
        yield request.headers.get(name, "").encode()
    yield _body(resource, request)


def _body(resource: Resource, request: Request) -> bytes:
    try:
        body: bytes = request.body
    except RequestDataTooBig as exc:
        raise too_large(resource) from exc
    return body


def _parts_of_a_form(request: Request) -> Iterator[bytes]:
    # The boundary between them is another one each time.
    form = request.data
    for name, values in sorted(form.lists()) if isinstance(form, QueryDict) else ():
        for value in values:
            yield name.encode()
            if isinstance(value, UploadedFile):
                yield str(value.name).encode()
                yield b"".join(value.chunks())
                value.seek(0)
            else:
                yield str(value).encode()
