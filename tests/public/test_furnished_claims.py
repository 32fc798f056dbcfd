"""What stands as ClaimReview on every public page of a house with all there is."""

import json
import re

import pytest

from claims import claimreview
from tests.everybody.furnished import House
from tests.factories import a_person

pytestmark = pytest.mark.django_db

EMBEDDED = re.compile(
    r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL
)


def embedded(client, address):
    page = client.get(address, follow=True).content.decode()
    return [json.loads(each) for each in EMBEDDED.findall(page)]


def reviews(documents):
    return [each for each in documents if "ClaimReview" in claimreview.types(each)]


def test_every_published_claim_carries_one_whole_claim_review(client, settings):
    house = House(a_person("reviewer", "ana"))
    carrying = {
        address: documents
        for address in house.public
        if reviews(documents := embedded(client, address))
    }

    problems = {
        address: [
            (each.where, each.code)
            for each in claimreview.problems_of_page(
                documents, page_url=settings.SITE_URL + address
            )
            if not each.is_advice
        ]
        for address, documents in carrying.items()
    }

    assert len(carrying) >= 3
    assert not any(problems.values()), problems
