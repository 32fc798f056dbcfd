"""`manage.py evaluate contradiction`: labelled pairs in, measures and predictions out."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.disagreement.signals import Label
from claims.evaluation.contradiction import Judged, measures

PAIRS = [
    ("a", "A man is asleep on a bench.", "A man is running.", "contradiction"),
    ("b", "A dog runs on the beach.", "An animal is on the beach.", "entailment"),
    ("c", "A man reads a letter.", "A man reads a letter from his wife.", "neutral"),
]


def a_folder(tmp_path, rows=PAIRS, **more):
    lines = [
        {"id": key, "premise": one, "hypothesis": other, "label": label, **more}
        for key, one, other, label in rows
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "pairs.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def measured(folder, *arguments):
    out = StringIO()
    call_command(
        "evaluate", "contradiction", "--data", folder, "--json", *arguments, stdout=out
    )
    return json.loads(out.getvalue())


def test_pairs_are_judged_measured_and_kept(tmp_path):
    out = tmp_path / "out.jsonl"

    told = measured(a_folder(tmp_path, set="squares"), "--predictions", str(out))

    assert told["pairs"] == 3
    assert told["squares_accuracy"] == told["accuracy"]
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    assert sum(lines[0]["scores"].values()) == pytest.approx(1, abs=0.001)
    assert lines[0]["label"] == "contradiction"


def test_the_surest_tenth_is_what_an_editor_would_be_shown():
    sure = [
        Judged(label=Label.CONTRADICTION, found=Label.CONTRADICTION, surely=0.9),
        *[Judged(label=Label.NEUTRAL, found=Label.NEUTRAL, surely=0.1)] * 9,
    ]

    told = measures(sure)

    assert told["contradiction_precision_at_top_10_percent"] == 1
    assert told["contradiction_share"] == pytest.approx(0.1)
    assert told["accuracy"] == told["macro_f1"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": 1, "premise": 3, "hypothesis": "b", "label": "neutral"}',
        '{"id": 1, "premise": "a", "hypothesis": "b", "label": "perhaps"}',
        "",
    ],
)
def test_data_that_cannot_be_read_is_told_with_its_line(tmp_path, line):
    (tmp_path / "pairs.jsonl").write_text(f"\n{line}", encoding="utf-8")

    with pytest.raises(CommandError, match=r"line 2|holds no pair"):
        measured(tmp_path)
