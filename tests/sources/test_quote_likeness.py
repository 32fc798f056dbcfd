"""What counts as the same words edited, and what is only a little like them."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.quote import Kind, Standing, find, fold

CHINESE = (
    "港务局长星期二表示，风暴对东码头造成的损失很小，当晚共有1240名乘客安全上岸。"
    "她补充说：“我们不能排除进一步延误，但渡轮不会停航。”工会发言人对此提出异议。"
)
JAPANESE = (
    "港長は火曜日、嵐による東埠頭の被害は最小限だったと述べ、乗客千二百人が上陸した"
    "と明らかにした。組合の報道官はこの報告に異議を唱えている。"
)
THAI = "นายท่าเรือกล่าวเมื่อวันอังคารว่าพายุสร้างความเสียหายเพียงเล็กน้อยต่อท่าเรือฝั่งตะวันออก"


@pytest.mark.parametrize(
    ("text", "quote", "edited"),
    [
        (CHINESE, "造成的损失很小，当晚共有1240名乘客", "损失不小"),
        (CHINESE, "渡轮不会停航", "渡轮会停航"),
        (CHINESE, "共有1240名乘客安全上岸", "共有1250名"),
        (JAPANESE, "東埠頭の被害は最小限だったと述べ", "最大限"),
        (THAI, "พายุสร้างความเสียหายเพียงเล็กน้อย", "เสียหายไม่เพียง"),
    ],
)
def test_one_letter_counts_where_no_space_parts_words(text, quote, edited):
    assert find(quote, text=text).state is Standing.INTACT
    wrong = {
        "损失不小": quote.replace("损失很小", "损失不小"),
        "渡轮会停航": "渡轮会停航",
        "共有1250名": quote.replace("1240", "1250"),
        "最大限": quote.replace("最小限", "最大限"),
        "เสียหายไม่เพียง": quote.replace("เสียหายเพียง", "เสียหายไม่เพียง"),
    }[edited]

    finding = find(wrong, text=text)

    assert finding.state is Standing.ALTERED
    changed = [change for change in finding.diff if change.kind is not Kind.SAME]
    assert sum(len(change.text) for change in changed) < 14


def test_a_no_or_a_number_is_marked_in_chinese():
    diff = find("我们能排除进一步延误，但渡轮不会停航", text=CHINESE).diff

    assert any(change.negation and change.text == "不" for change in diff)


FOREIGN = (
    "She wrote a long letter to the attorney general, who is said to have been away, "
    "according to people near him. Earlier this month the Big Book of Ships went on "
    "sale; less of it was read than hoped. News has come of the ships. You can see what "
    "they say at the end of the quay, and there is no more of it, and that will be for "
    "the best. Pacific shipping lines from Asia-Pacific ports pay federal income taxes. "
)


@pytest.mark.parametrize(
    "quote",
    [
        "She wrote a book",
        "for the general",
        "is saying that",
        "will be no",
        "News Store",
        "The Big Interview",
        "we can see",
        "they are:",
        "program against",
        "Asia-Pacific video",
        "sure that",
        "senators, according to",
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_a_few_common_words_together_are_no_edited_quotation(quote, times):
    noise = random.Random(5)
    vocabulary = FOREIGN.split()
    rest = " ".join(noise.choice(vocabulary) for _ in range(300 * times))

    assert find(quote, text=FOREIGN + rest).state is Standing.MISSING


def test_few_words_are_found_edited_where_they_were_cited_from():
    text = FOREIGN + "The master said 15 ships were lost in the gale. " + FOREIGN

    alone = find("12 ships", text=text)
    cited = find(
        "12 ships",
        text=text,
        prefix="The master said ",
        suffix=" were lost in the gale.",
    )

    assert alone.state is Standing.MISSING
    assert cited.state is Standing.ALTERED
    assert text[cited.start : cited.end] == "15 ships"


BEFORE = "On Monday the master of the harbour told the council that"
AFTER = "when the gale had gone, and that the quay would open again."


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("nobody was hurt", "somebody was hurt"),
        ("nobody was hurt", "nobody was killed"),
        ("12 ships", "15 ships"),
        ("they could sail", "they could not sail"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, "as soon as it was over."),
        ("The master said to them", AFTER),
        (BEFORE, ""),
        ("", AFTER),
    ],
)
def test_few_edited_words_are_known_by_what_stands_on_one_side_of_them(
    quote, there, before, after
):
    text = f"{FOREIGN} {before} {there} {after} {FOREIGN}"

    found = find(quote, text=text, prefix=f"{BEFORE} ", suffix=f" {AFTER}")

    assert found.state is Standing.ALTERED
    assert text[found.start : found.end] == there


@pytest.mark.parametrize("there", ["", "the weather would hold", "it hurts"])
def test_other_words_beside_what_stood_there_are_no_edit(there):
    text = f"{FOREIGN} {BEFORE} {there}. {FOREIGN}"

    found = find("nobody was hurt", text=text, prefix=BEFORE, suffix=AFTER)

    assert found.state is Standing.MISSING


def test_where_no_space_parts_words_a_side_alone_costs_no_time():
    text = f"{BEFORE} " + "壊" * 1_000_000

    assert find("被害は", text=text, prefix=BEFORE).state is Standing.MISSING


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("İstanbul’da rıhtım ışıkları yandı", "İstanbul'da rıhtım ışıkları"),
        ("DIŞİŞLERİ BAKANI AÇIKLADI", "Dışişleri Bakanı açıkladı"),
        ("i\u0307stanbul’da", "İstanbul'da"),
        ("Der große Fluß stieg", "DER GROSSE FLUSS STIEG"),
        ("Ein Groß- und Einzelhändler", "ein Gross- und Einzelhändler"),
        ("re\u0301sume\u0301 du proce\u0300s", "résumé du procès"),
        ("résumé du procès", "re\u0301sume\u0301 du proce\u0300s"),
        ("eﬃcient oﬃces of the ﬂeet", "efficient offices of the fleet"),
        (
            "Il a dit : ‹ rien de plus ›, puis « “tout va bien” ».",
            '"rien de plus", puis',
        ),
        (
            "He said: “She told me ‘never again’ twice.”",
            "\"She told me 'never again' twice.\"",
        ),
        ("قال الوزير إن الأضرار كانت طفيفة\u200f.", "الأضرار كانت طفيفة"),
        ("השר אמר כי \u202bהנזק היה מזערי\u202c.", "הנזק היה מזערי"),
        ("اقتصاد نمی\u200cتواند رشد کند", "اقتصاد نمیتواند رشد کند"),
        ("one\u2060two thr\u00adee – four — five", "onetwo three - four - five"),
        ("The first half.\n\nThe second half.", "The first half. The second half."),
        ("First, we wait. Then we sail. Then we rest.", "First, we wait […] we rest."),
        ("１２隻の船が失われた", "12隻の船が失われた"),
    ],
)
def test_typography_and_spelling_forms_of_one_letter_do_not_count(text, quote):
    assert find(quote, text=text).state is Standing.INTACT


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Er hat es in Massen gekauft, sagte sie gestern",
            "in Maßen verkauft, sagte sie",
        ),
        (
            "Five of the ten ships were lost at sea",
            "Six of the ten ships were lost at sea",
        ),
    ],
)
def test_other_letters_are_other_words(text, quote):
    assert find(quote, text=text).state is not Standing.INTACT


def test_left_out_parts_stand_in_their_order():
    text = "First, we wait for the tide. Then we sail to the south. Then we rest."

    assert find("we wait … we sail … we rest", text=text).state is Standing.INTACT
    assert (
        find("we sail … we wait for the tide", text=text).state is not Standing.INTACT
    )


LETTERS = st.text(alphabet="abcdefghijklmnop", min_size=3, max_size=8)


@given(
    st.lists(LETTERS, min_size=6, max_size=25, unique=True),
    st.lists(
        st.text(alphabet="qrstuvwxyz", min_size=3, max_size=8),
        min_size=30,
        max_size=200,
    ),
)
def test_words_are_missing_where_other_words_stand(quoted, others):
    assert find(" ".join(quoted), text=" ".join(others)).state is Standing.MISSING


HANZI = st.lists(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9000),
    min_size=14,
    max_size=60,
    unique=True,
)


@given(HANZI, st.data())
def test_an_edited_letter_of_chinese_is_never_intact(letters, data):
    at = data.draw(st.integers(0, len(letters) - 1))
    quote = "".join([*letters[:at], "鿋", *letters[at + 1 :]])
    text = "前面。" + "".join(letters) + "。后面"
    assume(fold(quote).text not in fold(text).text)

    assert find(quote, text=text).state is Standing.ALTERED
