"""The article of a page: what is in it, and what comes and goes around it."""

import random

import pytest

from sources.quote import Standing, find
from sources.readable import contains, read, text_digest, visible

PARAGRAPHS = [
    (
        "The harbour master said on Tuesday that the storm had done only minimal damage to"
        " the eastern quay, and that ferries would run again from noon on Wednesday."
    ),
    (
        "“We counted 1,240 passengers who were brought ashore that night,” she told the town"
        " council, “and nobody was hurt, which is more than anybody had hoped for.”"
    ),
    (
        "A spokesman for the union of dockers disagreed: he called the report a fairy tale,"
        " and said that two cranes would have to be taken down before the winter came."
    ),
    (
        "Repairs will cost 3.5 million, or 12% of the yearly budget of the port, according"
        " to an estimate that the council has not yet published in full."
    ),
    (
        "The last storm of that strength came in 1987, when the old light was lost and the"
        " fish market stood under water for a week."
    ),
]


def page(*between, edit=None, head="", top="", bottom=""):
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    if edit:
        paragraphs = [paragraph.replace(*edit) for paragraph in paragraphs]
    for place, noise in enumerate(between):
        paragraphs.insert(1 + 2 * place, noise)
    return f"""<!doctype html><html><head><title>Ferries to run again</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>{top}
<main><article><h1>Ferries to run again</h1>{"".join(paragraphs)}</article></main>
{bottom}<footer>Imprint and more</footer></body></html>""".encode()


def unchanged(before, after):
    """Go up the steps of a check, from cheap to dear."""
    old, new = (
        read(before, media_type="text/html"),
        visible(after, media_type="text/html"),
    )
    return (
        text_digest(old.text) == text_digest(new)
        or contains(new, blocks=old.article)
        or read(after, media_type="text/html").article == old.article
    )


NOISE = [
    '<script nonce="{n}">var t = {n};</script><input type=hidden value="{n}"><!-- {n} -->',
    '<div class="ad-slot" id="gpt-{n}"><p>Advertisement</p><a href=/b>Offer {n}</a></div>',
    "<div><p>Advertisement</p><p><a href=/b>{n} phones at half their price</a></p></div>",
    '<aside class="advertisement"><p>Order {n} now. Pay later.</p></aside>',
    '<section aria-label="Advertisement"><p>Summer sale, day {n}. Hurry.</p></section>',
    '<ins class="adsbygoogle">Shoes {n}</ins>',
    "<p>Ad: {n} reasons to fly south</p>",
    "<p>{n} minutes ago</p>",
    '<time datetime="{n}">{n} November 2026, 14:05</time>',
    "<p>Last updated: Monday 23 November 2026 at {n}:05</p>",
    "<p>By Ana Brandt | Updated {n} min ago</p>",
    "<p>Page generated in {n} ms</p>",
    "<p>{n} views</p>",
    "<div>{n} views · {n}K shares · {n} comments</div>",
    "<p>This article has been viewed {n} times.</p>",
    "<p>{n} people are reading this</p>",
    '<a class="comments-link" href="#c">{n} Comments</a>',
    '<div id="comments"><h3>{n} comments</h3><p>I was there {n} times, it is true.</p></div>',
    "<p>Comments ({n})</p>",
    "<p>阅读 {n}</p>",
    '<div class="related"><h3>Related</h3><ul><li><a href=/{n}>Story {n}</a></ul></div>',
    "<p>Read more: <a href=/{n}>A gale took the roof of school {n}</a></p>",
    "<div><h4>In other news</h4><p><a href=/{n}>A gale took the roof of {n}</a></p></div>",
    '<div class="promo-box"><p>Subscribe for {n} a month</p></div>',
    '<blockquote class="pullquote">nobody was hurt, {n}</blockquote>',
]


@pytest.mark.parametrize("noise", NOISE)
def test_what_comes_and_goes_around_an_article_is_no_change(noise):
    one, two, none = noise.replace("{n}", "7"), noise.replace("{n}", "95"), ""

    for before, after in [(one, two), (none, two), (one, none)]:
        assert unchanged(page(before, before), page(after, after))
        assert unchanged(page(top=before), page(top=after))
        assert unchanged(page(bottom=before), page(bottom=after))


@pytest.mark.parametrize("noise", NOISE)
def test_an_edit_is_seen_among_what_comes_and_goes(noise):
    before = page(noise.replace("{n}", "7"))
    after = page(noise.replace("{n}", "95"), edit=("nobody was hurt", "two were hurt"))

    assert not unchanged(before, after)


def test_every_word_of_an_article_counts():
    before = page()
    pick = random.Random(3)
    for paragraph in PARAGRAPHS:
        for word in pick.sample(paragraph.split()[:-1], 6):
            assert not unchanged(before, page(edit=(f"{word} ", f"{word} not ")))
    assert not unchanged(before, page(edit=("for a week.", "for a week. Or two.")))
    assert not unchanged(before, page(edit=("<p>The last", "<p>Then the last")))


def test_an_article_is_made_of_blocks_that_a_reader_sees():
    article = read(page("<p>12 views</p>"), media_type="text/html").article

    assert list(article[-5:]) == PARAGRAPHS


def test_times_and_links_in_the_middle_of_a_sentence_belong_to_it():
    words = (
        "She came on <time>Tuesday</time> with <a class=related href=/x>her crew</a>,"
    )

    article = read(
        page(f"<p>{words} and left at noon.</p>"), media_type="text/html"
    ).article

    assert "She came on Tuesday with her crew, and left at noon." in article


def test_a_page_whose_boxes_all_have_names_of_advertisements_keeps_its_article():
    content = page().replace(
        b"<main>", b'<main><div class="ads-enabled comments-open">'
    )
    content = content.replace(b"</main>", b"</div></main>")

    assert PARAGRAPHS[2] in read(content, media_type="text/html").article


def test_a_page_in_one_form_keeps_its_article():
    content = page().replace(b"<main>", b"<form id=aspnetForm><main>")

    assert PARAGRAPHS[2] in read(content, media_type="text/html").article


def test_a_list_of_links_is_read_as_one():
    rows = "".join(
        f"<li><a href=/{n}>Report number {n} of the port</a>" for n in range(60)
    )

    article = read(f"<h1>Reports</h1><ul>{rows}</ul>".encode(), media_type="text/html")

    assert (
        find("Report number 40 of the port", text=article.text).state is Standing.INTACT
    )


def test_a_text_contains_blocks_whole_and_whatever_their_typography():
    text = "“Twelve” ships\nwere lost\nin the storm"

    assert contains(text, blocks=['"Twelve" ships', "in the storm"])
    assert not contains(text, blocks=["were"])
    assert contains(text, blocks=[])
