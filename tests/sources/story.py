"""The story that is looked at again and again, and ways to change it."""

QUOTE = "only minimal damage to two halls"
STORY = (
    "<html lang=en><head><title>Strike on Orumat | The Post</title>"
    '<meta property="og:site_name" content="The Post"></head><body><nav>Home</nav>'
    "<article><h1>Strike on Orumat</h1>"
    "<p>The ministry said on Saturday that the strike had done only <b>min</b>imal damage to"
    " two halls, and that 12 people were treated for smoke in the nearest hospital.</p>"
    "<p>A former inspector, who had looked at the pictures of the morning after, said that"
    " the roof of the larger hall was no longer there at all.</p></article></body></html>"
)


def story(**changes):
    page = STORY
    for old, new in changes.values():
        assert old in page
        page = page.replace(old, new)
    return page
