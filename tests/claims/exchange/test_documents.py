"""ClaimReviews as they are found: one, many, in graphs and feeds, with blemishes."""

import json
from datetime import UTC, datetime

import pytest

from claims.errors import ImportRefused
from claims.vocabulary import ClaimantKind, Precision, Stance
from tests.claims.exchange.files import a_check, faults, ndjson, read


def refusal(content):
    with pytest.raises(ImportRefused) as caught:
        read(content)
    return caught.value.fault.code


def statements(content):
    return [row.record.statement for row in read(content) if row.record]


def test_a_claimreview_is_a_claim_and_what_its_publisher_found():
    (row,) = read(json.dumps(a_check()))

    claim, (voice,) = row.record, row.record.voices
    assert claim.statement == "The dam of Port Ellery holds 1 million litres."
    assert (claim.claimant.name, claim.claimant.kind) == ("Ada Quill", "person")
    assert claim.said_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert [page.url for page in claim.pages] == ["https://paper.example/story-1"]
    assert (voice.assessor.name, voice.assessor.kind) == ("Dam Watch", "organisation")
    assert (voice.stance, voice.clear, voice.rating_text) == (
        Stance.CONTRADICTS,
        True,
        "False",
    )
    assert voice.url == "https://checks.example/check-1"
    assert voice.statement == "No, the dam does not hold 1 million litres"


@pytest.mark.parametrize(
    "wrapped",
    [
        [a_check(1), a_check(2)],
        {"@context": "https://schema.org", "@graph": [a_check(1), a_check(2)]},
        {
            "@type": "DataFeed",
            "dataFeedElement": [
                {"@type": "DataFeedItem", "item": [a_check(1)]},
                {"@type": "DataFeedItem", "item": a_check(2)},
            ],
            "dateModified": "2026-02-03",
        },
    ],
)
def test_many_in_one_document_are_read_one_by_one(wrapped):
    assert len(statements(json.dumps(wrapped))) == 2


def test_lines_of_json_are_read_one_by_one():
    assert len(statements(ndjson(a_check(1), a_check(2)))) == 2


def test_other_nodes_of_a_graph_are_passed_over():
    graph = {"@graph": [{"@type": "WebPage", "name": "A page"}, a_check()]}

    assert [bool(row.record) for row in read(json.dumps(graph))] == [False, True]
    assert faults(json.dumps(graph)) == {}


def test_a_record_longer_than_a_piece_of_the_file_is_read_whole():
    long = [a_check(number, description="x" * 300_000) for number in range(3)]

    assert len(statements(json.dumps(long))) == 3


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"claimReviewed": ""}, [("claimReviewed", "missing")]),
        ({"claimReviewed": {"a": 1}}, [("claimReviewed", "missing")]),
        ({"url": None}, [("url", "missing")]),
        (
            {"url": "javascript:alert(1)"},
            [("url", "address_not_web"), ("url", "missing")],
        ),
        ({"datePublished": "99/99/99"}, [("datePublished", "date_ambiguous")]),
        ({"reviewRating": None}, [("reviewRating.alternateName", "no_rating")]),
        ({"itemReviewed": None}, [("itemReviewed.author.name", "no_claimant")]),
        ({"claimReviewed": "It\ud800 holds"}, [("claimReviewed", "not_plain")]),
        ({"claimReviewed": "It\x00 holds"}, [("claimReviewed", "not_plain")]),
    ],
)
def test_a_blemish_that_matters_is_told_with_its_place(changed, found):
    content = json.dumps(a_check(**changed))

    told = faults(content)[1]
    assert [each for each in told if each in found] or told == found
    assert {field for field, _ in told} == {field for field, _ in found}


@pytest.mark.parametrize(
    ("given", "name", "kind"),
    [
        ("Ada Quill", "Ada Quill", ClaimantKind.PERSON),
        ([{"@type": "Person", "name": "Ada"}], "Ada", ClaimantKind.PERSON),
        (
            {"@type": "GovernmentOrganization", "name": "The town"},
            "The town",
            ClaimantKind.GOVERNMENT,
        ),
        (
            {"@type": ["Thing", "Organization"], "name": "A"},
            "A",
            ClaimantKind.ORGANISATION,
        ),
    ],
)
def test_a_claimant_is_understood_however_it_is_written(given, name, kind):
    (row,) = read(json.dumps(a_check(itemReviewed={"@type": "Claim", "author": given})))

    assert (row.record.claimant.name, row.record.claimant.kind) == (name, kind)


def test_a_rating_that_nobody_here_knows_is_left_to_a_person():
    rating = {"alternateName": "Geschwurbel", "ratingValue": 1, "bestRating": 5}

    (row,) = read(json.dumps(a_check(reviewRating={**rating, "worstRating": "1"})))

    (voice,) = row.record.voices
    assert (voice.stance, voice.clear) == (Stance.CONTRADICTS, False)


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("2026", Precision.YEAR),
        ("2026-02", Precision.MONTH),
        ("February 2026", Precision.MONTH),
        ("2026-02-01T00:00:00Z", Precision.DAY),
        ("1 February 2026", Precision.DAY),
        ("Feb. 1st, 2026", Precision.DAY),
        ("01.02.2026", Precision.DAY),
        ("2026-02-01 14:30", Precision.MINUTE),
        ("Sun, 01 Feb 2026 14:30:00 +0100", Precision.MINUTE),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written, precision):
    item = {"@type": "Claim", "author": "Ada Quill", "datePublished": written}

    (row,) = read(json.dumps(a_check(itemReviewed=item)))

    assert row.record.precision == precision
    assert (row.record.said_at.year, row.record.said_at.day) == (2026, 1)


def test_a_line_that_is_no_json_is_told_and_the_others_are_read():
    deep = "[" * 100_000
    content = ndjson(a_check(1)) + "\n".join(
        ['{"a": NaN}', '{"a": 1, "a": 2}', deep, "no", "[1]", '"x"', ""]
    )

    assert faults(content) == {
        2: [("", "twofold")],
        3: [("", "twofold")],
        4: [("", "too_deep")],
        5: [("", "not_json")],
        6: [("", "no_record")],
        7: [("", "no_record")],
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 100_000, "too_deep"),
        ('{"a":' * 100_000, "too_deep"),
        ('[{"a": 1, "a": 2}]', "twofold"),
        ('{"a": 1, "a": 2}', "not_json"),
        ("[NaN]", "twofold"),
        ("[1, 2", "not_json"),
        ("[1 2]", "not_json"),
        ("{}}", "not_json"),
        ('{"a": "' + "x" * 3_000_000, "record_too_large"),
    ],
)
def test_a_document_that_is_no_json_is_refused_as_a_whole(content, code):
    assert refusal(content) == code


def test_our_own_verdicts_do_not_come_back_as_those_of_others(settings):
    ours = a_check(url=f"{settings.SITE_URL}/c/1/the-dam")

    (row,) = read(json.dumps(ours))

    assert row.record.voices == ()
