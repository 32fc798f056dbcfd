"""What of a page a reader sees: no hidden words, none struck through, no notes."""

import pytest

from sources.quote import Standing, find
from sources.readable import read, visible

QUOTE = "the storm had done only minimal damage to 12 of the boats"
SAID = f"The harbour master said on Tuesday that {QUOTE}, and that nobody was hurt."
EDITED = SAID.replace("12", "13")


def seen(markup):
    page = f"<title>Storm</title><article><h1>Storm</h1><p>{markup}</p></article>"
    text = visible(page.encode(), media_type="text/html")
    assert text == read(page.encode(), media_type="text/html").text
    return text


@pytest.mark.parametrize(
    "unseen",
    [
        "<svg><title>{}</title></svg>",
        "<svg><g><desc>{}</desc></g></svg>",
        "<svg><metadata>{}</metadata></svg>",
        "<math><mi>x</mi><annotation encoding=x>{}</annotation></math>",
        "<noembed>{}</noembed>",
        "<noframes>{}</noframes>",
        "<div popover>{}</div>",
        "<div popover=manual>{}</div>",
        "<div style='display : none'>{}</div>",
        "<div style='color:red;DISPLAY:/**/NONE'>{}</div>",
        "<div style='visibility:hidden'>{}</div>",
        "<div style='position: absolute; left: -9999px'>{}</div>",
        "<dialog>{}</dialog>",
        "<span style='text-decoration: line-through red'>{}</span>",
        "<title>{}</title>",
        "<div><template>{}</template></div>",
        "<div><template shadowrootmode>{}</template></div>",
        "<div><template shadowrootmode=none>{}</template></div>",
        "<template><b><template shadowrootmode=open>{}</template></b></template>",
        "<b><template shadowrootmode=open><template>{}</template></template></b>",
        "<b><template shadowrootmode=open><script>{}</script></template></b>",
        "<b><template shadowrootmode=open></template></b><template>{}</template>",
        "<!-- <template shadowrootmode=open> --><template>{}</template>",
    ],
)
def test_words_that_no_reader_sees_do_not_count(unseen):
    finding = find(QUOTE, text=seen(EDITED + unseen.format(SAID)))

    assert finding.state is Standing.ALTERED


@pytest.mark.parametrize(
    "shown",
    [
        "<div style='display:block;background:none'>{}</div>",
        "<div style='visibility:visible'>{}</div>",
        "<div style='text-decoration:underline; left:-1px'>{}</div>",
        "<div hidden=until-found>{}</div>",
        "<details><summary>More</summary>{}</details>",
        "<dialog open>{}</dialog>",
        "<svg><text>{}</text></svg>",
        "<ins>{}</ins>",
        "<story-text><template shadowrootmode=open><p>{}</p></template></story-text>",
        "<b><template shadowrootdelegatesfocus ShadowRootMode='closed'>{}</template></b>",
        "<b><template shadowrootmode=open><style>p {{}}</style>{}<slot></slot></template></b>",
        "<b><template shadowrootmode=open><template shadowrootmode=open>{}</template></b>",
        "<b><template shadowrootmode=open><template>x</template>{}</template></b>",
        "<script>'<template>'</script><b><template shadowrootmode=open>{}</template></b>",
    ],
)
def test_words_that_a_reader_sees_or_opens_count(shown):
    finding = find(QUOTE, text=seen(shown.format(SAID)))

    assert finding.state is Standing.INTACT


def test_a_page_that_shows_itself_when_its_scripts_have_run_is_seen():
    page = f"<body style='visibility:hidden'><p>{SAID}</p></body>"

    assert visible(page.encode(), media_type="text/html") == SAID


CORRECTION = "the storm had done severe damage to most of the boats"


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
@pytest.mark.parametrize(
    "corrected",
    [
        "The harbour master said on Tuesday that <{tag}>{quote}</{tag}> <ins>{right}</ins>.",
        "<{tag}>{said}</{tag}> The harbour master said on Tuesday that {right}.",
        "<{tag}>{said}</{tag}></p><p>The harbour master said on Tuesday that {right}.",
    ],
)
def test_words_struck_through_are_altered_where_their_correction_stands_beside_them(
    tag, corrected
):
    text = seen(corrected.format(tag=tag, quote=QUOTE, said=SAID, right=CORRECTION))
    finding = find(QUOTE, text=text)

    assert finding.state is Standing.ALTERED
    assert any(change.number for change in finding.diff)
    assert any("severe" in change.text for change in finding.diff)


def test_words_struck_through_with_nothing_in_their_place_are_missing():
    text = seen(f"<s>{SAID}</s> The union had no comment on any of this until Friday.")

    assert find(QUOTE, text=text).state is Standing.MISSING


@pytest.mark.parametrize(
    "note",
    [
        "<sup>1</sup>",
        "<sup>*</sup>",
        "<sup>†</sup>",
        "<sup> 12 </sup>",
        "<sup>1,2</sup>",
        "<sup>1</sup><sup>2</sup>",
        "<sup>[3]</sup>",
        "<a class=fn href='#1'><sup>1</sup></a>",
        "<sup><a href='#1'>1</a></sup>",
        "<a href='#1'>[1]</a>",
        "<!-- note --><sup>1</sup>",
    ],
)
@pytest.mark.parametrize("word", ["damage", "of"])
def test_the_mark_of_a_note_is_no_part_of_a_quotation(note, word):
    text = seen(SAID.replace(f"{word} t", f"{word}{note} t"))

    assert find(QUOTE, text=text).state is Standing.INTACT


def test_the_mark_of_a_note_may_stand_behind_a_full_stop():
    assert seen("Nobody was hurt.<sup>1</sup> They said.”<sup>2</sup>").endswith(
        "Nobody was hurt. They said.”"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("12<sup>3</sup> of", "123 of"),
        ("<b>12</b><sup>3</sup> of", "123 of"),
        ("12%<sup>3</sup> of", "12%3 of"),
        ("100 m<sup>2</sup> of", "100 m2 of"),
        ("100 km<sup>2</sup>", "100 km2"),
        ("x<sup>4</sup>", "x4"),
        ("10<sup>-3</sup>", "10-3"),
        ("carbon-<sup>14</sup>C", "carbon-14C"),
        ("(<sup>14</sup>C)", "(14C)"),
        ("the 1<sup>st</sup>", "the 1st"),
        ("CO<sub>2</sub>", "CO2"),
        ("<sup>1</sup> The union", "1 The union"),
        ("boats<br><sup>1</sup> The union", "boats\n1 The union"),
    ],
)
def test_powers_and_raised_digits_that_are_no_notes_stay(markup, text):
    assert seen(markup).removeprefix("Storm\n") == text


@pytest.mark.parametrize("number", ["1²", "¹2", "1₂", "1②", "1\u200b²", "12³", "1½"])
def test_a_raised_or_ringed_digit_is_no_digit_of_the_number_beside_it(number):
    finding = find(QUOTE, text=seen(SAID.replace("12", number)))

    assert finding.state is Standing.ALTERED
    assert any(change.number for change in finding.diff)


def test_a_power_may_be_written_either_way():
    assert find("of 100 m² of deck", text="rows of 100 m2 of deck").start == 5
    assert find("to 10⁻¹² of it", text="to 10-12 of it").state is Standing.INTACT
