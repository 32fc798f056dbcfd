"""The style sheets know where a line begins, not where left is."""

import re
from pathlib import Path

import pytest

from tests.environment import PROJECT

STATIC = PROJECT / "config" / "static"
SHEETS = sorted(STATIC.glob("css/*.css")) + sorted(STATIC.glob("admin-theme/*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    r"|(?<![\w-])(?:left|right|top|bottom|float|clear|text-align)\s*:\s*"
    r"(?:left|right|-?[\d.]+|auto|var)"
    r"|(?<![\w-])(?:min-|max-)?(?:width|height)\s*:(?!\s*[\d.]+px\))"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_reads_from_either_side(sheet):
    words = re.sub(r"/\*.*?\*/", "", Path(sheet).read_text(), flags=re.DOTALL)

    assert PHYSICAL.findall(words) == []
