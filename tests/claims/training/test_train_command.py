"""`manage.py train extraction`: marked articles in, weights out, another reading."""

import io
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from claims import learned
from claims.extraction import read_article
from tests.claims.training import corpus

NEW = (
    "Jonas Wirth murmured the fate of the lighthouse. It was late.\n\n"
    "Jonas Wirth announced the fate of the lighthouse."
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    (folder / "train.jsonl").write_text(corpus.lines(24))
    return folder


@pytest.fixture(scope="module")
def kept(data, tmp_path_factory):
    """Where one training has left its weights."""
    with pytest.MonkeyPatch.context() as patch:
        models = tmp_path_factory.mktemp("models")
        patch.setattr("django.conf.settings.MODELS", models)
        call_command("train", "extraction", "--data", str(data), stdout=io.StringIO())
    return models


@pytest.fixture
def models(kept, settings):
    settings.MODELS = kept
    return kept


def said(weights):
    return [
        (each.source.text, each.text) for each in read_article(NEW, weights=weights)
    ]


def test_without_weights_the_rules_read_alone():
    assert said(None) == [("Jonas Wirth", "the fate of the lighthouse")]
    assert read_article(NEW)[0].start > NEW.index("\n")


def test_what_was_marked_is_found_in_other_articles(models):
    (found,) = read_article(NEW, weights=learned.extraction_weights())

    assert (found.source.text, found.text) == (
        "Jonas Wirth",
        "the fate of the lighthouse",
    )
    assert found.start < NEW.index("\n")
    assert NEW[found.start : found.end] == found.text


def test_quotations_are_read_with_weights_as_without(models):
    text = "It rained. “We knew of nothing,” Jonas Wirth said."

    (found,) = read_article(text, weights=learned.extraction_weights())

    assert (found.source.text, found.statement) == (
        "Jonas Wirth",
        "“We knew of nothing,”",
    )


def test_the_same_articles_give_the_same_weights(models, data, tmp_path, settings):
    settings.MODELS = tmp_path
    call_command("train", "extraction", "--data", str(data), stdout=io.StringIO())

    with (
        np.load(models / "extraction.npz") as first,
        np.load(tmp_path / "extraction.npz") as second,
    ):
        for table in ("leads", "cuts", "ranks"):
            assert np.array_equal(first[table], second[table])


def test_folds_measure_on_articles_that_were_not_learned_from(data, tmp_path, settings):
    settings.MODELS = tmp_path
    out = io.StringIO()

    call_command(
        *("train", "extraction", "--data", str(data), "--folds", "2"), stdout=out
    )

    measures = dict(line.split() for line in out.getvalue().splitlines()[:3])
    assert float(measures["span_f1"]) == 1.0


def test_evaluate_says_what_it_measured(models, data, tmp_path):
    (tmp_path / "articles.jsonl").write_text(corpus.lines(3))
    page = tmp_path / "report.html"

    call_command(
        *("evaluate", "extraction", "--data", str(tmp_path), "--report", str(page)),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )

    assert "weights learned from 24 articles" in page.read_text()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("features", "other circumstances"),
        ("parser", "other circumstances"),
        ("probe", "other circumstances"),
    ],
)
def test_weights_of_another_program_are_refused_and_the_rules_read(
    models, tmp_path, settings, caplog, name, why
):
    with np.load(models / "extraction.npz") as weights:
        tables = dict(weights)
    facts = json.loads(str(tables.pop("facts")))
    facts["learned"][name] = "another"
    path = tmp_path / "extraction.npz"
    np.savez(path, facts=np.array(json.dumps(facts)), **tables)
    settings.MODELS = tmp_path

    assert learned.extraction_weights() is None
    assert why in learned.extraction_problem()
    assert "weights were refused" in caplog.text


@pytest.mark.parametrize("content", [b"", b"not a file of weights", b"PK\x03\x04" * 9])
def test_a_damaged_file_is_refused_and_the_rules_read(tmp_path, settings, content):
    (tmp_path / "extraction.npz").write_bytes(content)
    settings.MODELS = tmp_path

    assert learned.extraction_weights() is None
    assert "holds no weights" in learned.extraction_problem()


def test_weights_that_are_learned_anew_are_used_at_once(models, tmp_path, settings):
    settings.MODELS = tmp_path
    assert learned.extraction_weights() is None

    (tmp_path / "extraction.npz").write_bytes((models / "extraction.npz").read_bytes())

    assert learned.extraction_weights().articles == 24
    assert learned.extraction_problem() == ""


def test_too_few_articles_are_refused(tmp_path):
    (tmp_path / "train.jsonl").write_text(corpus.lines(1))

    with pytest.raises(CommandError, match="nothing to learn"):
        call_command("train", "extraction", "--data", str(tmp_path))


def test_a_folder_without_data_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"train\.jsonl"):
        call_command("train", "extraction", "--data", str(tmp_path))
