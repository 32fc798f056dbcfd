"""HTML to the blocks of text that a reader sees, nothing else of it."""

from __future__ import annotations

import html
import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.readable.notes import is_note

# Browsers stop nesting at 512. Past a few thousand, building the tree takes time
# that grows with the square of the depth.
MAX_DEPTH = 1_000
_FEW_TAGS = 12_000  # nested all: 0.1 s
MAX_TAGS = 100_000  # about a second's work

MARK = "\x1e"  # between two blocks
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")
_CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x1C)])

_UNSEEN = [
    *("script", "style", "template", "noscript", "noembed", "noframes", "head"),
    *("iframe", "object", "audio", "video", "canvas", "select", "datalist", "frameset"),
    *("rt", "rp"),
    # Struck through: the newsroom has taken the words back, and says so.
    *("del", "s", "strike"),
]
_UNSEEN_CSS = (
    "[hidden]:not([hidden='until-found' i]), [popover], dialog:not([open]), title,"
    "svg desc, svg metadata, math annotation, math annotation-xml"
)
_STYLED = (
    "[style*='display' i], [style*='visibility' i], [style*='line-through' i],"
    "[style*='-999']"
)
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|text-decoration(?:-line)?:[^;]*line-through"
    r"|(?:left|right|top|text-indent):-999\d*)",
    re.IGNORECASE,
)
_NO_STYLE = re.compile(r"\s+|/\*.*?\*/", re.DOTALL)
_BLOCKS = (
    "address, article, aside, blockquote, body, br, button, caption, dd, details, dialog,"
    "div, dl, dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6,"
    "header, hr, legend, li, main, nav, ol, option, p, pre, search, section, summary,"
    "table, tbody, td, textarea, tfoot, th, thead, title, tr, ul"
)
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
        ),
        *(
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
            "mark",
            "q",
            "ruby",
            "s",
            "samp",
        ),
        *(
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
            "wbr",
        ),
    ]
)
_OPTION = re.compile(r"<(?:option|optgroup)\b", re.IGNORECASE)
_CODE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# A template that is a shadow root is a part of the page; any other is shown by nobody.
_SHADOW = "shadowrootmode"
_ROOT = re.compile(rf"\s{_SHADOW}\s*=\s*[\"']?(?:open|closed)\b", re.IGNORECASE)
_TEMPLATES = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)"
    r"|<(?P<close>/?)template\b(?P<attributes>[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
# Each attribute is compared with all that stand before it in its tag.
_LONG_TAG = re.compile(r"(</?[a-zA-Z]*)[^<>]{4096,}")
_MANY_ATTRIBUTES = 2_000
_BETWEEN_ATTRIBUTES = " \t\n\r\f/='\""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)>")
# Closed by their like or not at all, so that they say nothing about depth.
_SHALLOW = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *(
            "param",
            "source",
            "track",
            "wbr",
            "p",
            "li",
            "dt",
            "dd",
            "option",
            "optgroup",
        ),
        *(
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "tfoot",
            "colgroup",
            "html",
            "head",
            "body",
        ),
    ]
)


def tree(markup: str) -> LexborHTMLParser | None:
    """Parse the markup; None where it is nested or cut up more than any page."""
    markup = _LONG_TAG.sub(_bare, _with_shadow_roots(markup))
    tags = markup.count("<")
    if tags > _FEW_TAGS:
        # Nobody sees them, and each is compared with all that stand before it.
        markup = _OPTION.sub("<wbr", markup)
    if tags > MAX_TAGS or (tags > _FEW_TAGS and _depth(markup) > MAX_DEPTH):
        return None
    return LexborHTMLParser(markup)


def blocks(parsed: LexborHTMLParser) -> tuple[str, ...]:
    """
    Return the text a reader sees, block by block, white space collapsed.

    Words that tags merely run through stay whole. Takes what is not seen out of
    the tree that is given.
    """
    parsed.strip_tags(_UNSEEN, recursive=True)
    # The inner ones first: what is left of a node that went with its parent dangles.
    for node in reversed(parsed.css(_UNSEEN_CSS)):
        node.decompose()
    for node in reversed(parsed.css(_STYLED)):
        if _is_styled_away(node):
            node.decompose()
    for node in reversed(parsed.css("sup")):
        if is_note(node):
            node.decompose()
    for node in parsed.css(_BLOCKS):
        node.insert_before(MARK)
        node.insert_after(MARK)
    body = parsed.body
    text = body.text(deep=True, separator="", strip=False) if body else ""
    return tidy(text)


def blocks_without_tree(markup: str) -> tuple[str, ...]:
    """Return the same as `blocks`, roughly, of markup that cannot be parsed."""
    text = _TAG.sub(_space_of, _CODE.sub(MARK, markup))
    return tidy(html.unescape(text))


def tidy(text: str) -> tuple[str, ...]:
    """Split at the marks, collapse white space, leave out what is empty."""
    clean = text.translate(_CONTROLS) if _CONTROL.search(text) else text
    found = (" ".join(block.split()) for block in clean.split(MARK))
    return tuple(block for block in found if block)


def _is_styled_away(node: LexborNode) -> bool:
    # A page that hides all of itself shows it as soon as its scripts have run.
    if node.tag in {"html", "body"}:
        return False
    style = node.attributes.get("style") or ""
    return _UNSEEN_STYLE.search(_NO_STYLE.sub("", style)) is not None


def _with_shadow_roots(markup: str) -> str:
    """Make boxes of the templates whose words a browser shows as a part of the page."""
    if _SHADOW not in markup.lower():
        return markup
    opened: list[bool] = []

    def boxed(found: re.Match[str]) -> str:
        if found["close"] is None:
            return found[0]  # a script, a style, a comment
        if not found["close"]:
            opened.append(_ROOT.search(found["attributes"]) is not None)
            return "<div>" if opened[-1] else found[0]
        return "</div>" if opened and opened.pop() else found[0]

    return _TEMPLATES.sub(boxed, markup)


def _bare(tag: re.Match[str]) -> str:
    """Leave the name of a tag with more attributes than any page has a use for."""
    many = sum(map(tag[0].count, _BETWEEN_ATTRIBUTES)) > _MANY_ATTRIBUTES
    return tag[1] if many else tag[0]


def _space_of(tag: re.Match[str]) -> str:
    return "" if tag[2].lower() in _INLINE else MARK


def _depth(markup: str) -> int:
    """Count as a browser would: a tag that closes nothing leaves all open."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for tag in _TAG.finditer(_CODE.sub("", markup)):
        name = tag[2].lower()
        if name in _SHALLOW or tag[3].endswith("/"):
            continue
        step = 1 if not tag[1] else -1 if opened[name] else 0
        opened[name] += step
        depth += step
        deepest = max(deepest, depth)
    return deepest
