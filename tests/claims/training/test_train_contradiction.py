"""`manage.py train contradiction`: labelled pairs in, weights out, other judgements."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.disagreement import learned
from claims.disagreement.reading import read
from claims.disagreement.signals import Label, judged
from claims.disagreement.signals.weights import MOST_BYTES, load, shipped
from claims.extraction import WeightsRefused
from claims.training import contradiction

RIVERS = ["Lenne", "Orsa", "Tave", "Mirr", "Sarn", "Ulde", "Vey", "Quill", "Hask"]


def a_pair(number, label, premise, hypothesis, part="mine"):
    return {
        "id": f"{part}-{label}-{number}",
        "premise": premise,
        "hypothesis": hypothesis,
        "label": label,
        "set": part,
    }


def scenes():
    for n, river in enumerate(RIVERS):
        said = f"A man is sitting by the {river}."
        yield a_pair(n, "contradiction", said, "A man is asleep in a bed.", "snli")
        yield a_pair(n, "entailment", said, f"A man is by the {river}.", "snli")
        yield a_pair(n, "neutral", said, "A man is waiting for his wife.", "snli")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labelled")
    lines = [json.dumps(pair) for pair in scenes()]
    lines.append(json.dumps(a_pair(0, "neutral", "It rained.", "It snows.", "other")))
    (folder / "train.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def kept(data, tmp_path_factory):
    """Where one training has left its weights, and what it said."""
    with pytest.MonkeyPatch.context() as patch:
        models = tmp_path_factory.mktemp("models")
        patch.setattr("django.conf.settings.MODELS", models)
        out = io.StringIO()
        call_command(
            *("train", "contradiction", "--data", str(data), "--sets", "snli"),
            *("--folds", "3"),
            stdout=out,
        )
    return models, out.getvalue()


@pytest.fixture
def models(kept, settings):
    settings.MODELS = kept[0]
    return kept[0]


def test_without_training_the_shipped_weights_judge(settings, tmp_path):
    settings.MODELS = tmp_path

    assert learned.learned_weights() is None
    assert learned.problem() == ""
    assert "ours" in shipped().pairs


def test_the_shipped_weights_of_reports_are_those_of_our_own_pairs(models):
    """Whoever has the repository can learn them again."""
    weights = learned.learned_weights()

    assert set(weights.reports) == set(shipped().reports)
    for name, row in shipped().reports.items():
        assert weights.reports[name] == pytest.approx(row, abs=0.02)


def test_only_the_sets_that_were_asked_for_teach(models):
    pairs = learned.learned_weights().pairs

    assert pairs == {"ours": len(contradiction.own_pairs()), "snli": 27}


def test_folds_tell_how_well_it_judges_what_it_was_not_taught(kept):
    measured = dict(
        line.split() for line in kept[1].splitlines() if len(line.split()) == 2
    )

    assert float(measured["macro_f1"]) > 0.45
    assert "Learned from" in kept[1]


def test_what_was_learned_judges(models):
    said, claimed = read(
        ["The mill will not close this year.", "The mill will close this year."]
    )

    weights = learned.learned_weights()
    by_it = judged(said, claimed, weights=weights)

    assert by_it.label is Label.CONTRADICTION
    assert by_it.scores != judged(said, claimed).scores


@pytest.mark.parametrize(
    "content",
    [
        "damaged",
        "[]",
        "{}",
        '{"version": 1}',
        '{"version": 2, "scene": {}, "scenes": {}, "reports": {}, "pairs": {}}',
        '{"version": 2, "scene": {"": 0}, "scenes": {"": [1]}, "reports": {}}',
    ],
)
def test_weights_of_no_use_are_told_and_the_shipped_ones_judge(
    content, settings, tmp_path, caplog
):
    settings.MODELS = tmp_path
    (tmp_path / "contradiction.json").write_text(content)

    assert learned.learned_weights() is None
    assert "weights were refused" in caplog.text
    assert "contradiction.json" in learned.problem()


def test_a_file_too_large_for_weights_is_not_read(tmp_path):
    path = tmp_path / "contradiction.json"
    path.write_bytes(b" " * (MOST_BYTES + 1))

    with pytest.raises(WeightsRefused, match="too large"):
        load(path)


def test_a_set_that_is_not_there_is_told(data):
    with pytest.raises(CommandError, match="has no pair of sagas"):
        call_command("train", "contradiction", "--data", str(data), "--sets", "sagas")


def test_our_own_pairs_are_whole():
    pairs = contradiction.own_pairs()

    assert len({pair.id for pair in pairs}) == len(pairs) >= 600
    assert len({(pair.statement, pair.claim) for pair in pairs}) == len(pairs)
    assert {pair.label for pair in pairs} == set(Label)
