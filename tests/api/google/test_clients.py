"""Google's own clients, unmodified, with nothing but another address."""

import json
from pathlib import Path

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_claimant
from tests.npm import node, npm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(live_server):
    """The client for Python."""
    with build(
        "factchecktools",
        "v1alpha1",
        developerKey="any",
        client_options={"api_endpoint": f"{live_server.url}/"},
        static_discovery=True,
    ) as client:
        yield client


@pytest.fixture
def written():
    """What there is to be found."""
    said_by = a_claimant("Oda Prell")
    return {
        a_claim(
            ClaimStatus.PUBLISHED, statement=f"Dam {n} is dry.", claimant=said_by
        ).statement
        for n in range(5)
    }


def test_the_client_for_python_pages_through_everything(service, written):
    request = service.claims().search(query="dam", pageSize=2, languageCode="en")
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append([claim["text"] for claim in answer["claims"]])
        assert all(
            review["publisher"]["site"] and review["textualRating"]
            for claim in answer["claims"]
            for review in claim["claimReview"]
        )
        request = service.claims().search_next(request, answer)

    assert [len(page) for page in pages] == [2, 2, 1]
    assert {text for page in pages for text in page} == written


def test_the_client_for_python_understands_a_refusal(service):
    with pytest.raises(HttpError) as refused:
        service.claims().search(query="dam", pageToken="of my own").execute()

    assert refused.value.status_code == 400
    assert refused.value.reason.startswith("pageToken: ")
    [detail] = refused.value.error_details
    assert detail["fieldViolations"][0]["field"] == "pageToken"


def test_the_client_for_python_is_given_nothing_where_nothing_is_found(service):
    assert service.claims().search(query="nothing of the sort").execute() == {}


@pytest.fixture
def node_says(live_server):
    """What the client for Node was given: `node_says(query="dam")`."""
    home = npm(Path(__file__).with_name("factchecktools"))

    def ask(**asked):
        return json.loads(
            node(home, "search.js", f"{live_server.url}/", json.dumps(asked))
        )

    return ask


def test_the_client_for_node_pages_through_everything(node_says, written):
    pages = node_says(query="dam", pageSize=2, languageCode="en")["pages"]

    assert [len(page["claims"]) for page in pages] == [2, 2, 1]
    assert {claim["text"] for page in pages for claim in page["claims"]} == written


def test_the_client_for_node_understands_a_refusal(node_says):
    refused = node_says(pageSize=2)

    assert refused["error"]["status"] == "INVALID_ARGUMENT"
    assert refused["message"].startswith("query: ")
