"""Every template compiles, and keeps the house's rules."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

PROJECT = Path(__file__).resolve().parents[2]
ROOTS = [PROJECT / "config" / "templates", PROJECT / "claims" / "templates"]
TEMPLATES = sorted(
    (path.relative_to(root).as_posix(), path)
    for root in ROOTS
    for path in root.rglob("*.html")
)


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[n for n, _ in TEMPLATES])
def test_a_template_compiles(name, path):
    assert get_template(name)


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[n for n, _ in TEMPLATES])
def test_a_template_has_no_inline_style_or_handler(name, path):
    found = re.findall(r"\s(?:style|on[a-z]+)=[\"']", path.read_text())

    assert found == []


@pytest.mark.parametrize(
    ("name", "path"),
    [(n, p) for n, p in TEMPLATES if p.name.startswith("_")],
    ids=[n for n, p in TEMPLATES if p.name.startswith("_")],
)
def test_a_partial_names_its_context_first(name, path):
    assert path.read_text().startswith("{# ")
