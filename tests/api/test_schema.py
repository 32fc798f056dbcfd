"""The OpenAPI document, and the page that shows it."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from openapi_spec_validator import validate
from rest_framework.relations import PrimaryKeyRelatedField

from tests.api.test_bad_input import VIEWS, operations

REFUSED = "application/problem+json"


@pytest.fixture(scope="module")
def document():
    answer = Client().get("/api/schema/", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return json.loads(answer.content)


def every(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_is_written_without_a_warning(tmp_path):
    call_command(
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--file",
        str(tmp_path / "s.yaml"),
    )
    assert yaml.safe_load((tmp_path / "s.yaml").read_text())["paths"]


def test_it_names_every_operation_once_and_nothing_else(document):
    told = {operation["operationId"] for *_, operation in every(document)}

    assert len(told) == len(list(every(document)))
    assert len(told) == sum(len(view.operations) for view in VIEWS.values())
    assert not [
        path for path in document["paths"] if path.endswith("/") or "\\" in path
    ]


def test_every_refusal_is_a_problem_and_every_success_has_a_tag(document):
    for path, method, operation in every(document):
        answers = operation["responses"]
        assert {"400", "401", "406"} <= set(answers), path
        for status, answer in answers.items():
            if int(status) >= 400:
                assert set(answer["content"]) == {REFUSED}, (path, status)
            content = answer.get("content", {}).get("application/json", {})
            is_whole = content and content["schema"].get("format") != "binary"
            if status in {"200", "201"} and is_whole:
                assert "ETag" in answer["headers"], (path, method)
        if method == "patch":
            assert {"404", "412", "413", "415", "428"} <= set(answers)
            [head] = [p for p in operation["parameters"] if p["name"] == "If-Match"]
            assert head["required"]


def test_it_says_which_scopes_each_operation_needs(document):
    create = document["paths"]["/api/v1/claims"]["post"]
    read = document["paths"]["/api/v1/claims"]["get"]

    assert create["security"] == [{"token": ["claims:write"]}, {"session": []}]
    assert {} in read["security"]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.django_db
def test_its_examples_have_the_shape_it_tells_of():
    tried = 0
    for *_, operation in operations("POST"):
        if operation.takes.example is None:
            continue
        taken = operation.takes(data=operation.takes.example)
        taken.is_valid()
        missing = {
            name
            for name, field in taken.fields.items()
            if isinstance(field, PrimaryKeyRelatedField)
        }
        assert set(taken.errors) <= missing, operation.summary
        tried += 1
    assert tried > 8


@pytest.mark.parametrize(
    "address", ["/api/schema", "/api/schema/", "/api/docs", "/api/docs/"]
)
def test_both_spellings_of_the_addresses_work(client, address):
    assert client.get(address).status_code == 200


def test_the_reference_page_works_under_the_policy_of_this_site(page, live_server):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))

    page.goto(f"{live_server.url}/api/docs/")
    page.locator("#operations-claims-claim_create").click()
    page.get_by_text("The claim is new: a reviewer takes it from here.").wait_for()

    assert said == []


def test_it_is_written_once_and_then_sent_as_it_is(document, monkeypatch):
    monkeypatch.setattr(
        "drf_spectacular.generators.SchemaGenerator.get_schema",
        lambda *_, **__: pytest.fail("written again"),
    )

    again = Client().get("/api/schema/", headers={"Accept": "application/json"})

    assert json.loads(again.content) == document
    assert "Accept" in again["Vary"].split(", ")


def test_whoever_has_it_is_not_sent_it_again():
    had = Client().get("/api/schema/")

    again = Client().get("/api/schema/", headers={"If-None-Match": had["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_yaml_and_json_are_told_apart(document):
    written = Client().get(
        "/api/schema/", headers={"Accept": "application/vnd.oai.openapi"}
    )

    assert written["Content-Type"].startswith("application/vnd.oai.openapi;")
    assert yaml.safe_load(written.content)["paths"].keys() == document["paths"].keys()
