"""`manage.py evaluate extraction`: data in, measures and predictions out."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ARTICLE = {
    "id": "harbour",
    "date": "2026-03-04",
    "text": "The mayor said on Monday that the harbour was safe. It rained.",
    "attributions": [
        {
            "id": "a",
            "content": [[25, 50]],
            "source": [[0, 9]],
            "cue": [[10, 14]],
            "type": "indirect",
            "claimant": "the mayor",
        }
    ],
}
SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"


def evaluated(*arguments):
    out = io.StringIO()
    call_command("evaluate", "extraction", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def data(tmp_path):
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n\n")
    return tmp_path


def test_the_measures_are_printed_as_fractions_of_one(data):
    measures, _, _ = evaluated("--data", str(data)).partition("\n\n")
    lines = dict(line.split() for line in measures.splitlines())

    assert lines["articles"] == "1"
    assert lines["span_f1"] == lines["claimant_accuracy"] == "1.0000"
    assert float(lines["cpu_ms_per_article"]) > 0


def test_published_systems_stand_beside_ours(data):
    _, _, beside = evaluated("--data", str(data)).partition("\n\n")

    lines = beside.splitlines()
    assert lines[0] == "Attributed statements in political news, F1"
    assert lines[2].startswith("textacy, per paragraph")
    assert lines[2].split()[3:] == ["0.274", "0.573", "0.001", "0.530", "0.920", "-"]
    assert lines[-2].startswith("Counterclaim, here")
    assert "84 held-out articles" in lines[-1]


def test_with_json_one_object_is_printed(data):
    measures = json.loads(evaluated("--data", str(data), "--json"))

    assert measures["end_to_end_f1"] == 1.0
    assert measures["quoted_f1"] == 0.0


def test_predictions_are_written_one_line_an_article(data, tmp_path):
    out = tmp_path / "found.jsonl"

    evaluated("--data", str(data), "--predictions", str(out))

    assert [json.loads(line) for line in out.read_text().splitlines()] == [
        {
            "id": "harbour",
            "attributions": [
                {"content": [[25, 50]], "source": [[0, 9]], "claimant": "The mayor"}
            ],
        }
    ]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "{}",
        json.dumps(ARTICLE | {"attributions": [{"content": [[0, 9999]]}]}),
        json.dumps(ARTICLE | {"attributions": [{"content": [["a", "b"]]}]}),
        "[" * 100_000,
    ],
)
def test_a_line_that_is_not_the_format_is_named(data, line):
    with (data / "articles.jsonl").open("a") as articles:
        articles.write(line + "\n")

    with pytest.raises(CommandError, match=r"articles.jsonl, line 3"):
        evaluated("--data", str(data))


def test_a_folder_without_articles_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"articles\.jsonl"):
        evaluated("--data", str(tmp_path))

    (tmp_path / "articles.jsonl").write_text("\n")
    with pytest.raises(CommandError, match="no article"):
        evaluated("--data", str(tmp_path))


def test_the_worked_example_is_read_well_enough():
    if not (SEED / "articles.jsonl").exists():
        pytest.skip(f"NOT MEASURED: there is no worked example at {SEED}")

    measures = json.loads(evaluated("--data", str(SEED), "--json"))

    assert measures["span_f1"] >= 0.95
    assert measures["claimant_accuracy"] >= 0.95
    assert measures["source_accuracy"] >= 0.95
