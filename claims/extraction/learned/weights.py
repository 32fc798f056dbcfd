"""What was learned from marked articles: three tables of weights, kept in one file."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from claims.extraction.errors import WeightsRefused
from claims.extraction.grammar import parser_name
from claims.extraction.learned.features import SLOTS, VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

MOST_BYTES = 64 * 1024 * 1024
_PROBE = hash((1, (2, 3), True))  # features are hashes: another Python has others


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Under what circumstances weights were learned; others cannot use them."""

    features: int  # the arrangement of what is weighed
    parser: str
    probe: int  # how this Python hashes

    @classmethod
    def here(cls) -> Learned:
        """Return the circumstances of this process."""
        return cls(features=VERSION, parser=parser_name(), probe=_PROBE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each feature speaks for a lead, for a cut, and for a cut over others."""

    leads: Table
    cuts: Table
    ranks: Table
    lead_bias: float
    cut_bias: float
    articles: int  # it was learned from
    name: str = ""  # of the file, for reports

    def sure(self, features: list[int]) -> float:
        """Say how likely a lead introduces a statement, in log odds."""
        return float(self.leads[features].sum()) + self.lead_bias

    def odds(self, lead: list[int], cuts: list[list[int]]) -> NDArray[np.float32]:
        """
        Return the log odds of each cut of a lead.

        What speaks for it alone, and what speaks for it rather than for the others:
        the first tells statements from other sentences, the second where they end.
        """
        import numpy as np  # noqa: PLC0415 - a web process needs no numbers

        places = np.array(cuts)
        alone = self.cuts[places].sum(axis=1) + self.cuts[lead].sum() + self.cut_bias
        beside = self.ranks[places].sum(axis=1)
        share = beside - np.logaddexp.reduce(beside)
        odds: NDArray[np.float32] = alone + share
        return odds


def save(weights: Weights, path: Path, *, about: dict[str, Any]) -> None:
    """Write weights in place of what stood there; a reader sees one or the other."""
    import numpy as np  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    facts = about | {
        "learned": asdict(Learned.here()),
        "lead_bias": weights.lead_bias,
        "cut_bias": weights.cut_bias,
        "articles": weights.articles,
        "python": sys.version.split()[0],
    }
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as out:
        np.savez_compressed(
            out,
            leads=weights.leads.astype(np.float16),
            cuts=weights.cuts.astype(np.float16),
            ranks=weights.ranks.astype(np.float16),
            facts=np.array(json.dumps(facts)),
        )
    unfinished.replace(path)


def load(path: Path) -> Weights:
    """Read weights. Raises WeightsRefused with the reason, and OSError."""
    import numpy as np  # noqa: PLC0415

    if path.stat().st_size > MOST_BYTES:
        raise WeightsRefused(f"{path} is too large to be weights of this program.")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            facts = json.loads(str(kept["facts"]))
            tables = [kept[name] for name in ("leads", "cuts", "ranks")]
    except (ValueError, KeyError, EOFError, BadZipFile) as exc:
        raise WeightsRefused(f"{path} holds no weights: {exc}") from exc
    _check(path, facts)
    if any(table.shape != (SLOTS,) for table in tables):
        raise WeightsRefused(f"{path} holds tables of another size.")
    leads, cuts, ranks = (table.astype(np.float32) for table in tables)
    return Weights(
        leads=leads,
        cuts=cuts,
        ranks=ranks,
        lead_bias=float(facts["lead_bias"]),
        cut_bias=float(facts["cut_bias"]),
        articles=int(facts["articles"]),
        name=path.name,
    )


def _check(path: Path, facts: dict[str, Any]) -> None:
    learned, here = facts.get("learned"), asdict(Learned.here())
    if learned != here:
        raise WeightsRefused(
            f"{path} was learned under other circumstances ({learned}) than this "
            f"program's ({here}). Run manage.py train extraction again."
        )
