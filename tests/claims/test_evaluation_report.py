"""The page that a measurement writes, and the walk through what is measured."""

import io
import json
import os
import re
import signal
from html.parser import HTMLParser

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from claims.evaluation.outcome import (
    Column,
    Comparison,
    Confusions,
    Hue,
    Mark,
    Miss,
    Outcome,
    Shown,
    System,
)
from claims.evaluation.report import MOST_CHARACTERS, page, stretches
from claims.evaluation.walking import Walk
from claims.evaluation.worst import Worst
from tests.claims.endpoint.oracle import Oracle
from tests.claims.test_evaluation_command import ARTICLE
from tests.factories import NOON

MISSED = {
    "id": "ferry",
    "text": "Fares rise.\nThe ferry leaves at noon, the porter believes.",
    "attributions": [
        {"content": [[0, 11]], "source": [], "type": "indirect"},
    ],
}


def written(outcome, **about):
    about = {"subject": "extraction", "data": "DIR", "at": NOON, "command": "x"} | about
    return page(outcome, **about)


def text_of(html):
    """What a reader of the page sees, in one line."""
    shown = []

    class Reader(HTMLParser):
        hidden = False

        def handle_starttag(self, tag, attributes):
            self.hidden = tag in {"style", "title"} or self.hidden
            shown.append(" " if tag in {"td", "th"} else "")

        def handle_endtag(self, tag):
            self.hidden = False if tag in {"style", "title"} else self.hidden

        def handle_data(self, data):
            if not self.hidden:
                shown.append(data)

    Reader().feed(html)
    return " ".join("".join(shown).split())


@pytest.fixture
def data(tmp_path):
    lines = [json.dumps(ARTICLE), json.dumps(MISSED)]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines))
    return tmp_path


def test_the_command_writes_a_page_that_needs_nothing_else(data, tmp_path):
    out = tmp_path / "report.html"

    call_command(
        *("evaluate", "extraction", "--data", str(data), "--report", str(out)),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )

    html = out.read_text()
    assert "<script" not in html
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:|/)", html)
    assert "rules of GenderGapTracker" in html
    assert "[missed: Fares rise]" in text_of(html).replace("rise.]", "rise]")


def test_a_page_that_cannot_be_written_is_said(data):
    with pytest.raises(CommandError, match="nowhere"):
        call_command(
            *("evaluate", "extraction", "--data", str(data)),
            *("--report", str(data / "nowhere" / "report.html")),
            stdout=io.StringIO(),
        )


def test_ours_stands_last_and_says_whether_the_goal_is_reached():
    comparison = Comparison(
        title="Found",
        measured_on="100 posts",
        columns=(
            Column(measure="map", title="MAP", least=0.9),
            Column(measure="ms", title="ms", most=15, decimals=0),
        ),
        systems=(System(name="BM25", scores={"map": 0.906}),),
    )

    told = text_of(
        written(Outcome(measures={"map": 0.95, "ms": 20.0}, comparisons=(comparison,)))
    )

    assert "BM25 0.906 - to be reached ≥ 0.900 ≤ 15" in told
    assert "Counterclaim, here 0.950✓ reached 20✗ not reached" in told


def test_confusions_are_a_square_with_shares_of_each_row():
    counts = {("quoted", "quoted"): 3, ("quoted", "nothing"): 1, ("nothing", "told"): 2}

    told = text_of(
        written(
            Outcome(
                measures={"n": 6}, confusions=(Confusions(title="F", counts=counts),)
            )
        )
    )

    assert "quoted nothing told quoted 3 75% 1 25% 0 0% nothing 0 0%" in told


def test_what_texts_say_is_text_and_no_markup():
    miss = Miss(
        id="<a>",
        says="<b>bad</b>",
        texts=(Shown(title="<i>", text="<script>alert(1)</script>"),),
        loss=1,
    )

    html = written(Outcome(measures={"n": 1}, misses=(miss,)), data="<u>")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_marks_part_a_text_and_never_overlap():
    shown = Shown(
        title="",
        text="one two three",
        marks=(Mark(4, 7, Hue.MISSED), Mark(0, 5, Hue.AGREED), Mark(8, 99, Hue.NOTED)),
    )

    assert stretches(shown) == [
        ("one t", Hue.AGREED),
        ("wo", Hue.MISSED),
        (" ", None),
        ("three", Hue.NOTED),
    ]


def test_a_text_that_is_too_long_is_cut():
    parts = stretches(Shown(title="", text="x" * 9_000))

    assert parts == [("x" * MOST_CHARACTERS, None), ("…", None)]


def test_the_worst_come_first_and_equals_as_they_came():
    worst = Worst(3)
    for name, loss in [("a", 1), ("b", 2), ("c", 1), ("d", 5), ("e", 1)]:
        worst.add(name, by=loss)

    assert worst.first() == ("d", "b", "a")


def test_one_interrupt_ends_a_walk_after_the_item_under_way():
    told = io.StringIO()
    walk, seen = Walk(Console(file=told)), []

    for item in walk(range(100), of=100):
        seen.append(item)
        if item == 2:
            os.kill(os.getpid(), signal.SIGINT)

    assert (seen, walk.seen, walk.stopped) == ([0, 1, 2], 3, True)
    assert "Stopping" in told.getvalue()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_breaks_off():
    walk = Walk(Console(file=io.StringIO()))

    def stopped_twice():
        for _ in walk(range(100), of=100):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        stopped_twice()


def test_a_measurement_that_was_stopped_says_so_and_ends_with_130(data, monkeypatch):
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(
        "claims.evaluation.reading.misread_paragraphs",
        lambda *_: os.kill(os.getpid(), signal.SIGINT) or (),
    )

    with pytest.raises(SystemExit) as ended:
        call_command(
            *("evaluate", "extraction", "--data", str(data), "--json"),
            stdout=out,
            stderr=err,
        )

    assert ended.value.code == 130
    assert json.loads(out.getvalue())["articles"] == 1
    assert "the measures of 1 only" in err.getvalue()


# --- A plugged-in model -------------------------------------------------------


@pytest.mark.django_db
def test_a_plugged_in_model_is_measured_by_what_the_text_holds(data, settings):
    ferry = {
        "pieces": ["The ferry leaves at noon"],
        "mention": "the porter",
        "speaker": "the porter",
    }
    out = io.StringIO()

    with Oracle() as oracle:
        for name, value in oracle.settings().items():
            setattr(settings, name, value)
        oracle.says_in_turn({"statements": []}, {"statements": [ferry]})
        call_command(
            *("evaluate", "extraction", "--data", str(data), "--plugged-in", "--json"),
            stdout=out,
        )
        assert len(oracle.asked) == 2

    assert json.loads(out.getvalue())["span_f1"] == 0.0


@pytest.mark.django_db
def test_a_model_that_fails_is_not_measured(data, settings):
    with Oracle() as oracle:
        for name, value in oracle.settings().items():
            setattr(settings, name, value)
        oracle.gives({}, status=500)
        with pytest.raises(CommandError, match="something went wrong there"):
            call_command("evaluate", "extraction", f"--data={data}", "--plugged-in")


def test_without_a_model_none_is_measured(data):
    with pytest.raises(CommandError, match="EXTRACTION_API_URL"):
        call_command("evaluate", "extraction", f"--data={data}", "--plugged-in")
