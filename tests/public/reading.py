"""What tests of pages share: reading them as a reader's program would."""

import json
import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

# Words that have broken pages before. Each is a statement that a claimant might make.
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "{{ 7*7 }}{% debug %}",
    "' onmouseover='alert(1)",
    "]]>&lt;b&gt;\u2028\u2029",
    "javascript:alert(1)//",
]


def read(response):
    """The page as a tree."""
    return LexborHTMLParser(response.content.decode())


def text(response):
    """The words of a page, on one line."""
    body = read(response).body
    assert body is not None
    return " ".join(body.text().split())


def json_ld(response):
    """The documents of a page for programs."""
    found = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>',
        response.content.decode(),
        re.DOTALL,
    )
    return [json.loads(each) for each in found]


def scripts_that_run(response):
    """The scripts of a page that have words of their own in them."""
    return [
        unescape(node.text())
        for node in read(response).css("script")
        if not node.attributes.get("src")
        and node.attributes.get("type") != "application/ld+json"
    ]
