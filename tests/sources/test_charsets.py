"""Bytes to text, whatever charset they claim to be in."""

import pytest

from sources.readable import read, visible

WORDS = "Größe, café, naïve – “quoted” words of a page that goes on for some time. " * 5


@pytest.mark.parametrize(
    ("content", "declared", "charset"),
    [
        (WORDS.encode(), "", "utf-8"),
        (WORDS.encode(), "iso-8859-1", "utf-8"),
        (WORDS.encode("cp1252"), "utf-8", "cp1252"),
        (WORDS.encode("cp1252"), "", "cp1252"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252"),
        (WORDS.encode("cp1252"), "no-such-charset", "cp1252"),
        (WORDS.encode("cp1252"), "rot13", "cp1252"),
        (WORDS.encode("utf-8-sig"), "iso-8859-1", "utf-8"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "utf-8", "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "", "utf-16-be"),
        (b"<meta charset=windows-1252>" + WORDS.encode("cp1252"), "", "cp1252"),
    ],
)
def test_a_charset_is_found_out_whatever_is_declared(content, declared, charset):
    page = read(content, media_type="text/html", charset=declared)

    assert page.charset == charset
    assert page.text == " ".join(WORDS.split())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "政府は攻撃による被害は最小限だったと述べた。専門家はこれに異議を唱えている。"
            * 6,
            "cp932",
        ),
        (
            "政府は攻撃による被害は最小限だったと述べた。専門家はこれに異議を唱えている。"
            * 6,
            "euc_jp",
        ),
        ("政府は攻撃による被害は最小限だったと述べた。", "iso2022_jp"),
        (
            "Министр заявил, что ущерб был минимальным, но эксперты с этим не согласны. "
            * 6,
            "cp1251",
        ),
        (
            "Министр заявил, что ущерб был минимальным, но эксперты с этим не согласны. "
            * 6,
            "koi8_r",
        ),
    ],
)
def test_a_page_without_a_charset_is_read_by_the_looks_of_its_letters(text, encoding):
    page = read(f"<p>{text}</p>".encode(encoding), media_type="text/html")

    assert page.text == text.strip()


def test_a_few_broken_bytes_do_not_spoil_a_page():
    content = ("Größe und Maß für alle Züge. " * 20).encode() + b" \xe9\xff"

    page = read(content, media_type="text/html", charset="utf-8")

    assert page.charset == "utf-8"
    assert page.text.startswith("Größe und Maß")


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252"])
def test_one_broken_byte_does_not_turn_a_page_into_latin_1(declared):
    content = "<p>“Größe”, she said – 5\u202f%.</p>".encode() + b"<p>caf\xe9 end</p>"

    text = visible(content, media_type="text/html", charset=declared)

    assert text.startswith("“Größe”, she said – 5 %.\ncaf")


def test_a_page_that_says_it_is_utf_8_and_is_not_is_read_as_what_it_is():
    content = "<meta charset=utf-8><p>“Façade” – l’été à Genève</p>".encode("cp1252")

    assert visible(content, media_type="text/html", charset="utf-8") == (
        "“Façade” – l’été à Genève"
    )


def test_a_byte_order_mark_is_believed_before_the_page():
    content = b"\xef\xbb\xbf<meta charset=windows-1251><p>" + "Größe".encode()

    assert visible(content, media_type="text/html", charset="koi8-r") == "Größe"


def test_a_charset_is_found_far_down_in_a_head():
    head = "<head><script>" + "var x = 1;" * 1_000 + "</script>"
    content = (head + "<meta charset=windows-1251><p>Слова").encode("cp1251")

    assert visible(content, media_type="text/html") == "Слова"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["Plain letters of English", "Größe – ‘x’"])
def test_utf_16_needs_no_byte_order_mark(encoding, words):
    page = f"<!doctype html><html><body><p>{words}</p></body></html>"

    assert visible(page.encode(encoding), media_type="text/html") == words


LETTERS = {
    "cp932": "政府は攻撃による被害は最小限だったと述べた。専門家は異議を唱えている。",
    "euc_jp": "政府は攻撃による被害は最小限だったと述べた。専門家は異議を唱えている。",
    "gb18030": "部长说损失很小。专家对此提出质疑，认为报告没有根据，要求公布全部数据。",
    "big5": "部長說損失很小。專家對此提出質疑，認為報告沒有根據，要求公布全部數據。",
    "cp949": "장관은 피해가 적었다고 말했다. 전문가들은 이에 이의를 제기하고 있다.",
    "koi8_r": "Министр заявил, что ущерб был минимальным, но эксперты не согласны.",
    "cp1251": "Министр заявил, что ущерб был минимальным, но эксперты не согласны.",
    "cp1256": "قال الوزير إن الأضرار كانت طفيفة، لكن الخبراء لا يوافقون على ذلك.",
    "cp1255": "השר אמר כי הנזק היה מזערי, אך המומחים אינם מסכימים עם הדברים.",
    "cp1253": "Ο υπουργός είπε ότι οι ζημιές ήταν ελάχιστες, οι ειδικοί διαφωνούν.",
}


@pytest.mark.parametrize("declared", ["", "utf-8"])
@pytest.mark.parametrize(("encoding", "text"), LETTERS.items())
def test_letters_are_known_among_much_markup(encoding, text, declared):
    markup = '<div class="a">\n\n        <a href="/x">&nbsp;</a>\n\n    </div>\n' * 400
    content = f"{markup}<p>{text * 6}</p>{markup}".encode(encoding)

    assert text in visible(content, media_type="text/html", charset=declared)
