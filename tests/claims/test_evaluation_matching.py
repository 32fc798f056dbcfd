"""`manage.py evaluate matching`: a corpus in, how high the wanted claims came out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.evaluation.ranks import RankMeasures, found_when_sure
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

CORPUS = [
    {
        "id": "ferry",
        "claim": "The night ferry to Ostrel carried 412 passengers.",
        "title": "Did 412 people take the ferry to Ostrel?",
        "date": "14 March 2026",
        "publisher": "Check",
    },
    {"id": "dam", "claim": "The dam at Hallin is fuller than ever.", "title": ""},
    {"id": "tax", "claim": "Barley is taxed twice.", "speaker": "Ada Quill"},
]
QUERIES = [
    {"id": "a", "text": "412 went by boat to #Ostrel", "relevant": ["ferry"]},
    {"id": "b", "text": "The reservoir has never been so full", "relevant": ["dam"]},
]


@pytest.fixture
def data(tmp_path):
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines)
    return tmp_path


def evaluated(*arguments):
    out = io.StringIO()
    call_command("evaluate", "matching", *arguments, stdout=out)
    return out.getvalue()


def test_the_measures_and_predictions_are_those_of_the_product(data, tmp_path):
    kept = tmp_path / "found.jsonl"

    told = json.loads(
        evaluated("--data", str(data), "--predictions", str(kept), "--json")
    )

    assert (told["queries"], told["claims"]) == (2, 3)
    assert told["map_at_5"] == told["mrr"] == told["recall_at_5"] == 1
    assert told["ms_per_query"] > 0
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [(line["id"], line["ranked"][0]) for line in lines] == [
        ("a", "ferry"),
        ("b", "dam"),
    ]


def test_the_newsrooms_own_claims_are_neither_found_nor_touched(data):
    own = factories.a_claim(statement="412 went by boat to Ostrel.")

    told = json.loads(evaluated("--data", str(data), "--json"))

    assert told["claims"] == 3
    assert list(Claim.objects.all()) == [own]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'claims_claim'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("name", "line"),
    [("corpus", "{"), ("corpus", '{"id": 1}'), ("queries", '{"id": 1, "text": 2}')],
)
def test_a_line_that_is_not_in_the_format_is_named(data, name, line):
    (data / f"{name}.jsonl").write_text(line)

    with pytest.raises(CommandError, match=f"{name}.jsonl, line 1"):
        evaluated("--data", str(data))


def test_average_precision_is_cut_at_five():
    measures = RankMeasures()

    assert measures.add(["x", "a", "b"], relevant=frozenset("ab")) == pytest.approx(
        (1 / 2 + 2 / 3) / 2
    )
    assert measures.add(["x"] * 5 + ["a"], relevant=frozenset("a")) == 0
    assert measures.fractions()["recall_at_5"] == pytest.approx(0.5)


def test_what_is_found_counts_as_far_as_95_of_100_suggestions_are_right():
    right = [(0.9, True), (0.8, True), (0.2, True)]

    assert found_when_sure(right, [0.1, 0.1, 0.1]) == 1
    assert found_when_sure(right, [0.85, 0.1, 0.1]) == pytest.approx(1 / 3)
    assert found_when_sure([], []) is None
