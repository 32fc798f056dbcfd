"""Whether quoted words still stand in a text, letter for letter."""

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.errors import PassageRefused
from sources.quote import Kind, Standing, changes, find, fold

PAGE = (
    "Harbour works resume after storm\n"
    "The harbour master said on Tuesday that the storm had done only minimal damage to "
    "the eastern quay, and that 1,240 passengers were brought ashore. “We can't rule out "
    "further delays,” she added, “but the ferries will not stop.”\n"
    "A spokesman for the union disagreed – he called the report “a fairy tale”. Repairs "
    "will cost 3.5 million, or 12% of the yearly budget."
)

INTACT = [
    "minimal damage to the eastern quay",
    "Minimal Damage to the Eastern Quay",
    '1,240 passengers were brought ashore. "We can\'t rule out further delays," she added',
    "We can’t rule out further delays",
    "minimal\u00a0damage to\n\n the   eastern quay",
    "mini\u00admal dam\u200bage",
    "\u202aminimal\u202c damage",
    "disagreed - he called the report 'a fairy tale'",
    "disagreed — he called",
    "disagreed—he called",
    "the eastern quay , and that",
    "only minimal damage … 1,240 passengers were brought ashore",
    "only minimal damage [...] were brought ashore",
    "only minimal damage (…) passengers … the ferries will not stop.",
    "… the ferries will not stop …",
    "cost 3.5 million",
    "12%",
    "12% of the yearly budget.",
    "rule out further delays",
]

EDITED = [
    "minimal damage to the western quay",
    "minimal damages",
    "minimal damag",
    "1,241 passengers were brought ashore",
    "1,240 passengers were not brought ashore",
    "1240 passengers were brought ashore",
    "We can rule out further delays",
    "the ferries will stop",
    "the ferries will now stop",
    "cost 3.6 million, or 12% of the yearly budget",
    "cost 35 million, or 12% of the yearly budget",
    "that 1",
    "will cost 3",
    "We can",
    "only minimal damage … 1,249 passengers were brought ashore",
    "passengers were brought ashore … only minimal damage",
]

FOREIGN = [
    "the orchestra played until midnight",
    "No agreement was reached on the price of grain … the delegation left",
    "nothing",
    "minimal effort by a small party of hikers",
]


@pytest.mark.parametrize("quote", INTACT)
def test_words_that_stand_are_intact_whatever_their_typography(quote):
    assert find(quote, text=PAGE).state is Standing.INTACT


@pytest.mark.parametrize("quote", EDITED)
def test_a_changed_letter_digit_or_word_is_an_alteration(quote):
    finding = find(quote, text=PAGE)

    assert finding.state is Standing.ALTERED
    assert 0 < finding.similarity < 100
    assert finding.start < finding.end


@pytest.mark.parametrize("quote", FOREIGN)
def test_words_that_never_stood_there_are_missing(quote):
    finding = find(quote, text=PAGE)

    assert finding.state is Standing.MISSING
    assert (finding.start, finding.end, finding.diff) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "It was “mini\u00admal\u200b damage”\u00a0– they said.",
            'minimal damage" - they',
        ),
        ("An eﬃcient oﬃce", "efficient"),
        ("Der Fluß trat über die Ufer", "FLUSS trat"),
        ("cafe\u0301 society", "café"),
        ("ｱｶﾞｻ", "アガサ"),
        ("Ｆｕｌｌ １２ width", "full 12"),
        ("He paused… then left", "paused... then"),
        ("دیروز گفت\u200cوگو کردند", "گفتوگو"),
        ("大臣は「被害は最小限だ」と述べた", "被害は最小限だ"),
        (
            "The storm[12] did minimal damage,[3] she said",
            "storm did minimal damage, she",
        ),
    ],
)
def test_what_is_found_is_where_it_stands(text, quote):
    finding = find(quote, text=text)

    assert finding.state is Standing.INTACT
    found = text[finding.start : finding.end]
    assert found
    assert find(quote, text=found).state is Standing.INTACT


def test_the_offsets_cut_out_exactly_the_words():
    finding = find(
        '"minimal damage"', text="He said “mini\u00admal\n damage”, she said."
    )

    assert "He said “mini\u00admal\n damage”, she said."[
        finding.start : finding.end
    ] == ("“mini\u00admal\n damage”")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("They said it was unintended.", "intended"),
        ("The risk-free plan", "the risk"),
        ("a non-compliant ship", "compliant"),
        ("It fell to -5 degrees", "5 degrees"),
        ("It fell to −5 degrees", "5 degrees"),
        ("killed 1,200 people", "killed 1"),
        ("rose by 10.5 points", "rose by 10"),
        ("about 21.5 points", "5 points"),
        ("we can’t go", "we can"),
        ("two minimal damages", "minimal damage"),
    ],
)
def test_words_inside_longer_words_and_numbers_do_not_count(text, quote):
    assert find(quote, text=text).state is not Standing.INTACT


def test_the_surroundings_tell_several_places_apart():
    text = "First he said no comment today. " * 3 + "Then she said no comment either."

    finding = find("no comment", text=text, prefix="Then she said ", suffix=" either.")

    assert finding.start == text.rindex("no comment")


def test_words_edited_where_they_were_cited_are_altered_though_a_headline_repeats_them():
    text = (
        "Minister: 12 ships lost\nThe minister told parliament on Monday that 15 ships "
        "were lost in the gale that night."
    )

    finding = find(
        "12 ships",
        text=text,
        prefix="The minister told parliament on Monday that ",
        suffix=" were lost in the gale that night.",
    )

    assert finding.state is Standing.ALTERED
    assert text[finding.start : finding.end] == "15 ships"


def test_words_are_intact_though_their_surroundings_were_rewritten():
    finding = find(
        "minimal damage",
        text=PAGE,
        prefix="An earlier wording of this sentence said ",
        suffix=" and then something else entirely.",
    )

    assert finding.state is Standing.INTACT


def test_the_parts_of_an_abridged_quotation_stand_near_each_other():
    text = (
        "The first part is here. "
        + "Filler words follow. " * 400
        + "The last part is there."
    )

    assert find("first part … last part", text=text).state is not Standing.INTACT


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "about 12 ships",
            "about 15 ships",
            [("12 ", True, False), ("15 ", True, False)],
        ),
        ("it will stop", "it will not stop", [("not ", False, True)]),
        ("we can't go", "we can go", [("can't ", False, True), ("can ", False, False)]),
        (
            "three “big” ships",
            "four 'big' ships",
            [("three ", True, False), ("four ", True, False)],
        ),
        ("same — words", "Same -\u00a0words", []),
    ],
)
def test_the_difference_names_words_and_marks_numbers_and_negations(
    before, after, expected
):
    found = [
        (change.text, change.number, change.negation)
        for change in changes(before, after)
        if change.kind is not Kind.SAME
    ]

    assert found == expected


@pytest.mark.parametrize("quote", ["", "   ", "…", "[…]", "“”", "\u200b", "a" * 20_001])
def test_a_quotation_of_no_words_or_too_many_is_refused(quote):
    with pytest.raises(PassageRefused):
        find(quote, text=PAGE)


@pytest.mark.parametrize(
    "text",
    [
        "words and more words " * 50_000,
        "a" * 1_000_000,
        "…" * 200_000,
        "\u00e9\u0301\u00ad " * 250_000,
        "no " * 350_000,
        "minimal damage to the eastern quay " * 30_000,
    ],
)
def test_a_megabyte_of_anything_is_searched_in_bounded_time(text):
    began = time.process_time()

    for quote in (
        EDITED[0],
        "words and no " * 100,
        "no " * 500,
        "no … no … no … no … yes",
    ):
        find(quote, text=text, prefix="no " * 20, suffix=" words" * 20)

    assert time.process_time() - began < 20


ODD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aA1 9…“”'\"-–\u00ad\u200b\u0301\u00a0ﬁßİ½ｶﾞ각각\n\ud800\x00"),
    ),
    max_size=60,
)


@given(ODD)
def test_folding_maps_every_character_back_in_order(text):
    folded = fold(text)

    starts = [folded.start(i) for i in range(len(folded.text))]
    ends = [folded.end(i + 1) for i in range(len(folded.text))]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(starts, ends, strict=True))


@given(ODD)
def test_folding_twice_is_folding_once(text):
    once = fold(text).text

    assume("\u00ad" not in once)
    assert fold(once).text.split() == once.split()


@given(
    st.text(
        alphabet=st.characters(
            categories=["Lu", "Ll", "Nd", "Zs"], exclude_characters="ŉıİ𝚤"
        ),
        max_size=60,
    )
)
def test_folding_is_unicode_s_own_caseless_form(text):
    expected = unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", text).casefold()
    )

    assert fold(text).text.split() == expected.split()


VOCABULARY = (
    "the storm did minimal damage no not 12 1,240 3.5 “quay” — she can't, … [x] été "
    "Straße ships? (all) 50% of\u00a0it mini\u00admal"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split(" ")), min_size=8, max_size=60)


@given(WORDS, st.data())
def test_a_quotation_cut_from_a_text_is_intact_at_its_place(words, data):
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])
    assume(any(character.isalnum() for character in quote))
    text = " ".join(words)

    finding = find(quote, text=text)

    assert finding.state is Standing.INTACT
    if "…" not in quote:
        found = text[finding.start : finding.end]
        assert fold(found).text.strip() == fold(quote).text.strip()


PLAIN = st.lists(
    st.text(alphabet="abcdefghijklmnop", min_size=2, max_size=8),
    min_size=8,
    max_size=40,
    unique=True,
)


@given(PLAIN, st.data())
def test_an_edited_word_digit_or_negation_is_never_intact(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    number = data.draw(st.integers(10, 99_999))
    quoted, edited = list(words), list(words)
    match data.draw(st.sampled_from(["word", "digit", "negation", "dropped"])):
        case "word":
            edited[at] = "zebra"
        case "digit":
            quoted[at], edited[at] = f"{number:,}", f"{number + 1:,}"
        case "negation":
            edited.insert(max(at, 1), "not")
        case _:
            del edited[at]
    text = "Before it. " + " ".join(edited) + " And after it."

    assert find(" ".join(quoted), text=text).state is Standing.ALTERED
