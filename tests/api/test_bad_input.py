"""Whatever is sent, to whatever address: an answer that says what is wrong."""

import json
from urllib.parse import quote

import pytest
from rest_framework.relations import PrimaryKeyRelatedField

from claims.api.urls import router as claims_router
from claims.models import Article, Assessment, Claim, Claimant, SavedView
from sources.api.asking import PageQuery
from sources.api.resource import KEY
from sources.api.shapes import NothingIn
from sources.api.urls import router as sources_router
from sources.models import Source
from tests.api.conftest import Caller, pointers
from tests.claims.exchange import files
from tests.claims.telling import a_webhook, something_published
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_article,
    an_assessment,
)

pytestmark = pytest.mark.django_db

ABSENT = "0190163d-8694-739b-aea5-966c26f8ad91"
VIEWS = {
    prefix: view
    for prefix, view, _ in [*claims_router.registry, *sources_router.registry]
}

# As they stand in the JSON; what json.dumps cannot write is written out. The first
# are refused wherever they stand, the others where they are not what is asked for.
HIDDEN = [
    r'"a\u0000b"',
    r'"\ud800"',
    r'"\udfff\ud800"',
    r'"admin\u202egpj.exe"',
    r'"\u001b[2J"',
    r'["a", {"b": "\u0000"}]',
]
NASTY = [
    '""',
    '"   "',
    '"0000-00-00"',
    '"0000-00-00T00:00:00Z"',
    '"9999-12-31T23:59:59+14:00"',
    '"9999-12-31T23:59:59-14:00"',
    '"0001-01-01T00:00:00+14:00"',
    '"2026-02-30T25:61:61Z"',
    '"-1"',
    '"00000000-0000-0000-0000-00000000000g"',
    f'"{{{ABSENT}}}"',
    f'"{ABSENT}"',
    '"http://[::1"',
    '"http://user:pw@host/"',
    "null",
    "true",
    "-1",
    "1e308",
    "9" * 18,
    "{}",
    "[[[[]]]]",
    '["a", ["b"], {"c": 1}]',
    '[""]',
]
LONG = '"' + "x" * 1_000_000 + '"'

BODIES = {
    "nothing": b"",
    "blank": b"   ",
    "a list": b"[]",
    "a text": b'"claim"',
    "null": b"null",
    "a number": b"7",
    "cut off": b'{"statement": "The dam',
    "a comma too many": b'{"statement": "a",}',
    "single quotes": b"{'a': 1}",
    "two objects": b"{} {}",
    "not UTF-8": b'{"statement": "\xff\xfe"}',
    "UTF-16": '{"statement": "a"}'.encode("utf-16"),
    "with a mark of its order": b"\xef\xbb\xbf{}",
    "NaN": b'{"statement": NaN}',
    "endless": b'{"statement": -Infinity}',
    "too big a number": b'{"statement": 1e999}',
    "a number of 5,000 digits": b'{"statement": ' + b"9" * 5_000 + b"}",
    "a member twice": b'{"statement": "a", "statement": "b"}',
    "lists 100,000 deep": b'{"statement": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "objects 100,000 deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "40 deep": b'{"a":' * 40 + b"1" + b"}" * 40,
    "hundreds of thousands of members": b'{"topics": [' + b"[]," * 300_000 + b"[]]}",
    "a nasty name": rb'{"\ud800": 1, "a\u0000": 2, "~/": 3}',
    "a form": b"statement=a&claimant=b",
}


@pytest.fixture
def editor(db):
    """An editor in a session, whom every operation lets in."""
    person = a_person("editor")
    caller = Caller(person)
    caller.client.force_login(person)
    return caller


@pytest.fixture
def world(editor):
    """Something at each kind of address, and the number to fill it in with."""
    claim = a_claim("in_review")
    view = SavedView.objects.create(owner=editor.user, name="Late", created_at=NOON)
    article = an_article()
    citation = a_citation(claim)
    webhook, event = a_webhook(owner=editor.user), something_published()
    file = files.bring(files.table(*files.some_lines(1)), by=editor.user).pk
    return {
        "imports": file,
        "jobs": file,
        "claims": claim.pk,
        "claimants": claim.claimant_id,
        "assessments": an_assessment(claim).pk,
        "articles": article.pk,
        "reviews": ABSENT,
        "corrections": ABSENT,
        "tokens": ABSENT,
        "webhooks": webhook.pk,
        "delivery": webhook.deliveries.get().pk,
        "events": event.pk,
        "views": view.pk,
        "sources": citation.passage.source_id,
        "candidate": ABSENT,
        "citation": citation.pk,
        "snapshot": citation.passage.snapshot_id,
    }


def operations(*methods):
    """Every operation that answers to one of these methods: (method, path, operation)."""
    for prefix, view in VIEWS.items():
        for method, path, action in addresses(prefix, view):
            if method in methods:
                yield method, path, view.operations[action]


def addresses(prefix, view):
    plain = {"GET": "list", "POST": "create"}
    single = {"GET": "retrieve", "PATCH": "partial_update", "DELETE": "destroy"}
    for path, table in ((prefix, plain), (f"{prefix}/{{{prefix}}}", single)):
        for method, action in table.items():
            if action in view.operations:
                yield method, path, action
    for extra in view.get_extra_actions():
        inner = extra.url_path.replace(f"(?P<candidate>{KEY})", "{candidate}")
        inner = inner.replace(f"(?P<snapshot>{KEY})", "{snapshot}")
        inner = inner.replace(f"(?P<citation>{KEY})", "{citation}")
        inner = inner.replace(f"(?P<delivery>{KEY})", "{delivery}")
        for method, action in extra.mapping.items():
            yield method.upper(), f"{prefix}/{{{prefix}}}/{inner}", action


def named(cases):
    return [
        pytest.param(method, path, operation, id=f"{method} {path}")
        for method, path, operation in cases
    ]


def tag(method):
    return {"If_Match": "*"} if method == "PATCH" else {}


def test_every_operation_of_every_view_has_an_address():
    told = sum(len(view.operations) for view in VIEWS.values())

    assert len(list(operations("GET", "POST", "PUT", "PATCH", "DELETE"))) == told
    assert told > 50


EVERY_CHANGE = pytest.mark.parametrize(
    ("method", "path", "operation"), named(operations("POST", "PUT", "PATCH"))
)


@EVERY_CHANGE
def test_hidden_characters_are_refused_in_every_field_by_its_name(
    method, path, operation, world, editor
):
    names = [*operation.takes().fields, "unknown"]
    for value in HIDDEN:
        body = "{" + ", ".join(f'"{name}": {value}' for name in names) + "}"

        answer = editor(method, path.format(**world), body, **tag(method))

        if "candidate" not in path:  # there is none: 404 comes first
            assert answer.status_code == 400
            assert {at.split("/")[1] for at in pointers(answer)} == set(names)


@EVERY_CHANGE
def test_no_value_in_every_field_at_once_breaks_anything(
    method, path, operation, world, editor
):
    for value in NASTY:
        body = ", ".join(f'"{name}": {value}' for name in operation.takes().fields)

        answer = editor(method, path.format(**world), f"{{{body}}}", **tag(method))

        assert answer.status_code < 500, (value, answer.content[:300])


@EVERY_CHANGE
def test_no_value_that_has_the_right_shape_breaks_anything(
    method, path, operation, world, editor
):
    path, whole = path.format(**world), valid(operation)
    for name in operation.takes().fields:
        for value in NASTY:
            body = {**whole, name: json.loads(value)}
            if not operation.takes(data=body).is_valid():
                continue  # refused before anything is done with it, as tried above

            answer = editor(method, path, body, **tag(method))

            assert answer.status_code < 500, (name, value, answer.content[:300])
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"


@EVERY_CHANGE
def test_a_text_of_a_million_characters_is_refused_in_every_field(
    method, path, operation, world, editor
):
    names = [*operation.takes().fields, "unknown"]
    for name in set(names) - {"text"}:
        body = json.dumps({name: "?"}).replace('"?"', LONG)

        answer = editor(method, path.format(**world), body, **tag(method))

        if "candidate" not in path:
            assert answer.status_code == 400, name
            assert f"/{name}" in pointers(answer)


def valid(operation):
    """A body of the right shape, with made up ids where something has to be there."""
    example = dict(operation.takes.example or {})
    for name, each in operation.takes().fields.items():
        if isinstance(each, PrimaryKeyRelatedField):
            kind = {Claimant: a_claimant, Claim: a_claim}.get(each.queryset.model)
            person = kind() if kind else a_person("reviewer")
            example[name] = person.pk if kind is None else str(person.pk)
        elif name in {"note", "reason"}:
            example[name] = "Because."
    return example


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "claims"), ("PATCH", "claims/{claims}"), ("POST", "articles"),
     ("POST", "sources/{sources}/refresh"), ("POST", "claims/{claims}/moves/second")],
)  # fmt: skip
def test_no_body_breaks_anything(method, path, body, world, editor):
    before = [kind.objects.count() for kind in (Claim, Article, Assessment, Source)]

    answer = editor(method, path.format(**world), body, **tag(method))

    empty = body in {b"", b"   "}
    assert answer.status_code < 500, answer.content[:300]
    if not (empty and method == "PATCH") and "refresh" not in path:
        assert 400 <= answer.status_code < 500
        assert answer.headers["Content-Type"] == "application/problem+json"
    after = [kind.objects.count() for kind in (Claim, Article, Assessment, Source)]
    assert before == after


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=x",
     "application/x-www-form-urlencoded", "application/merge-patch+json", "nonsense", "a/b; c=\udc80"],
)  # fmt: skip
def test_another_content_type_is_refused_as_such(editor, kind):
    answer = editor.post(
        "claims", b"{}", content_type=kind.encode("utf-8", "replace").decode()
    )

    assert (answer.status_code, answer.body["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(("method", "path", "operation"), named(operations("GET")))
def test_no_value_of_any_parameter_breaks_anything(
    method, path, operation, world, editor
):
    own = [*operation.asks().fields, "unknown"]
    # What every list asks in the same way is tried on one of them.
    names = own if path == "claims" else set(own) - set(PageQuery().fields)
    path = path.format(**world)
    values = [
        "", "%20", "%ED%A0%80", "%FF%FE", "%E2%80%AE", "x" * 10_000, "-1", "0", "1e9",
        "9" * 400, "null", "[]", "%5B%5D", "true", "{}", "%27%3B--", "%22", "%5C", "*:*",
        "a%26!%7C(", "0000-00-00", "2026-02-30", "9999-12-31T23:59:59%2B14:00", "1:e30:",
        "false,false", ",", ABSENT, quote("ﷺ" * 100), "%0A", "\N{SNOWMAN}", "..", "%25",
        "eyJ2IjpbImlzIiwxXX0:1abcde:xyz", "created_at", "http://[",
    ]  # fmt: skip
    for name in names:
        for value in values:
            answer = editor.get(f"{path}?{name}={value}")

            assert answer.status_code in {200, 400, 404}, (name, value, answer.content)
            if answer.status_code == 400:
                assert {f["pointer"] for f in answer.body["errors"]} == {f"?{name}"}
        repeated = editor.get(f"{path}?{name}=a&{name}=b")
        assert repeated.status_code in {400, 404}, name


@pytest.mark.parametrize(
    "address",
    ["/api/v1/claims%00", "/api/v1/claims?q=%00", "/api/v1/%00/x", "/api/v1/claims/%ED%A0%80",
     "/api/v1/claims/" + "9" * 5000, "/api/v1/claims/1", "/api/v1/claims%0A", "/api/v1/claims/%0A",
     "/api/v1/nothing", "/api/v2/claims", "/api/", "/api/v1/", "/api/v1/claims//", "/api/v1/claims.json",
     f"/api/v1/claims/{{{ABSENT}}}", f"/api/v1/claims/{ABSENT.replace('-', '')}",
     f"/api/v1/claims/urn:uuid:{ABSENT}", f"/api/v1/claims/{ABSENT}/nothing", f"/api/v1/claims/{ABSENT}",
     "/api/v1/claims?" + "&".join(f"a{n}=1" for n in range(3000)), "/api/v1/claims/../../admin"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_a_problem_too(stranger, address):
    answer = stranger.get(address)

    assert answer.status_code in {400, 404}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code", "request_id", "errors"} <= set(
        answer.body
    )


@pytest.mark.parametrize(
    "tokens",
    ["Bearer", "Bearer ", "Bearer x", "Bearer fct_" + "x" * 10_000, "Bearer fct_é", "Bearer a b c",
     "bearer \x01", "Bearer  fct_x"],
)  # fmt: skip
def test_no_authorization_header_breaks_anything(tokens):
    answer = Caller().get("claims", Authorization=tokens)

    assert (answer.status_code, answer.body["code"]) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "tag", ["", "x", '"', '""', 'W/"x"', "é", '"' + "x" * 9_000 + '"', "\x01"]
)
def test_no_entity_tag_breaks_anything(editor, tag):
    claim = a_claim()

    for headers in ({"If_Match": tag}, {"If_None_Match": tag}):
        assert editor.get(f"claims/{claim.pk}", **headers).status_code == 200
        changed = editor.patch(f"claims/{claim.pk}", {"statement": "X."}, **headers)
        assert changed.status_code in {412, 428}


def test_an_operation_without_a_body_takes_none():
    bare = [op for *_, op in operations("POST") if op.takes is NothingIn]

    assert bare


def test_a_body_that_is_wrong_all_over_gets_a_short_answer(contributor):
    body = {f"name{number}": 1 for number in range(20_000)}

    answer = contributor.post("claims", body)

    assert answer.status_code == 400
    assert len(answer.body["errors"]) == 100
