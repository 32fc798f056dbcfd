"""What is said to people, as it stands in the code: marked for translation, or naked."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

from django.template.base import TextNode, VariableNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PROJECT = Path(__file__).resolve().parents[2]
APPS = ("config", "claims", "sources")
# A terminal speaks English, as its manual does; so do the reference of the API and
# what Prometheus reads. Weights are looked at by commands, and told of in the log.
UNTRANSLATED = (
    *("migrations", "management", "api", "embedded", "demo", "metrics", "learned"),
    "weights.py",
)

MARKS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
SAID = {"label", "help_text", "verbose_name", "verbose_name_plural", "description"}
ATTRIBUTES = "alt|title|aria-label|aria-description|placeholder|label|summary"
BESIDE_A_TAG = "\x00"
# Keys of a keyboard, names of things and of classes, and what one types as it stands.
NAMES = re.compile(
    r"Ctrl Enter|Esc|Wikidata|/robots\.txt|example\.org|\?as_of=[\d-]+|https?://|API"
    r"|is-[a-z]+"
)


class Message(NamedTuple):
    """A text that is looked up in the catalogue."""

    id: str
    plural: str = ""
    context: str = ""


def templates():
    """The name of each template of the house, and the template."""
    for app in APPS:
        root = PROJECT / app / "templates"
        for path in sorted(root.rglob("*.html")):
            name = path.relative_to(root).as_posix()
            yield name, get_template(name).template


def modules(*, but=()):
    """The path of each module of the house, and its tree."""
    for app in APPS:
        for path in sorted((PROJECT / app).rglob("*.py")):
            place = path.relative_to(PROJECT)
            if not set(place.parts) & set(but):
                yield place.as_posix(), ast.parse(path.read_text())


# --- What is marked -----------------------------------------------------------


def marked_in(template):
    """The messages that a template looks up."""
    for told in re.findall(r"\|\w+:_\(\"([^\"]+)\"\)", template.source):
        yield Message(told)
    for node in _all(template.nodelist):
        if isinstance(node, TranslateNode):
            told = node.filter_expression.var
            if isinstance(getattr(told, "literal", None), str):
                context = node.message_context
                yield Message(
                    str(told.literal), context=str(context.var) if context else ""
                )
        elif isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Message(_one_line(node, node.singular), _trimmed(node, plural))


def marked_by(tree):
    """The messages that a module looks up."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in MARKS:
            parts = MARKS[_name(call.func)]
            told = [_text(argument) for argument in call.args[: len(parts)]]
            if all(told) and len(told) == len(parts):
                yield Message(**dict(zip(parts, told, strict=True)))


def _one_line(node, tokens):
    return _trimmed(node, node.render_token_list(tokens)[0])


def _trimmed(node, text):
    return " ".join(text.split()) if node.trimmed and text else text


# --- What is naked ------------------------------------------------------------


def naked_in(template):
    """The words of a template that no translator sees."""
    page = "".join(_skeleton(template.nodelist))
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    told = re.findall(rf'\s(?:{ATTRIBUTES})="(.*?)"', page, re.DOTALL)
    told += re.split(r"<[^>]*>", page)
    pieces = (piece for each in told for piece in each.split(BESIDE_A_TAG))
    return [" ".join(p.split()) for p in pieces if _has_words(p)]


def naked_by(tree):
    """What a module says to people without marking it, by line."""
    for node in ast.walk(tree):
        for said in _said_by(node):
            if _is_text(said):
                yield f"{said.lineno}: {ast.unparse(said)[:80]}"


def _said_by(node):
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        refused = re.search(
            r"Refused|NotYours|Overtaken|Decided|Publishable|Stand$|ValidationError"
            r"|PermissionDenied",
            _name(node.exc.func),
        )
        yield from node.exc.args[:1] if refused else []
    elif isinstance(node, ast.Call):
        owner = getattr(node.func, "value", None)
        if getattr(owner, "id", "") == "messages":
            yield from node.args[1:2]
        yield from (word.value for word in node.keywords if word.arg in SAID)
    elif isinstance(node, ast.ClassDef) and "TextChoices" in map(_name, node.bases):
        values = (each.value for each in node.body if isinstance(each, ast.Assign))
        yield from (v.elts[1] for v in values if isinstance(v, ast.Tuple))


def _skeleton(nodes):
    for node in nodes:
        if isinstance(node, TextNode):
            yield node.s + BESIDE_A_TAG
        elif isinstance(node, BlockNode) and node.name == "width":
            continue  # a class, for the style
        else:
            yield BESIDE_A_TAG
            yield from _skeleton(_children(node))


def _all(nodes):
    for node in nodes:
        yield node
        if not isinstance(node, VariableNode | TextNode):
            yield from _all(_children(node))


def _children(node):
    for name in node.child_nodelists:
        yield from getattr(node, name, None) or ()


def _has_words(text):
    rest = NAMES.sub("", re.sub(r"&\w+;", "", text))
    return re.search(r"[^\W\d_]{2}", rest) is not None


def _is_text(node):
    if isinstance(node, ast.JoinedStr):
        text = "".join(map(_text, node.values))
    else:
        text = _text(node)
    return re.search(r"[^\W\d_]{2}", text) is not None


def _text(node):
    told = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if told else ""


def _name(node):
    return getattr(node, "id", getattr(node, "attr", ""))
