"""
Make wordnet.txt.gz of WordNet's own files: `python distilling.py FOLDER`, its `dict`.

Kept are the words that have a counted sense or that WordNet's own explanations use:
the rest is the Latin of plants, and is not heard in the news.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
SENSES = 4
OUT = Path(__file__).with_name("wordnet.txt.gz")

_WORD = re.compile(r"[a-z][a-z-]{1,19}")
_HYPERNYM, _ANTONYM, _DERIVED, _SIMILAR = {"@", "@i"}, {"!"}, {"+", "\\"}, {"&", "^"}
_KINDS = {"n": "n", "v": "v", "a": "a", "s": "a", "r": "r"}
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "est")

Sense = tuple[str, str]  # kind of word, place in the file


@dataclass(frozen=True, slots=True)
class _Pointer:
    symbol: str
    to: Sense
    word: int  # of ours, from 1; 0 is all
    other: int  # of theirs


@dataclass(slots=True)
class _Synset:
    words: list[str]
    pointers: list[_Pointer]


@dataclass(slots=True)
class _Files:
    synsets: dict[Sense, _Synset] = field(default_factory=dict)
    senses: dict[tuple[str, str], list[Sense]] = field(default_factory=dict)
    counted: set[tuple[str, str]] = field(default_factory=set)
    explaining: Counter[str] = field(default_factory=Counter)
    bases: dict[str, str] = field(default_factory=dict)  # irregular forms


def distil(folder: Path) -> str:
    """Return the words and what they mean, in lines; see `wordnet.py` for the format."""
    files = _read(folder)
    known = _known(files)
    numbers: dict[Sense, int] = {}
    lines = []
    for word, kind in sorted(known):
        senses = files.senses[word, kind][:SENSES]
        fields = [
            word,
            kind,
            " ".join(str(numbers.setdefault(sense, len(numbers))) for sense in senses),
            " ".join(_opposites(files, word, kind)),
            " ".join(_related(files, word, kind, _DERIVED)),
        ]
        lines.append("\t".join(fields).rstrip("\t"))
    return "\n".join([*lines, "", *_synset_lines(files, numbers)])


def _read(folder: Path) -> _Files:
    files = _Files()
    for name, kind in FILES.items():
        for line in _lines(folder / f"data.{name}"):
            _take_synset(files, kind, line)
        for line in _lines(folder / f"index.{name}"):
            fields = line.split()
            places = fields[-int(fields[2]) :]
            key = (fields[0].lower(), kind)
            files.senses[key] = [(kind, place) for place in places]
            if int(fields[-len(places) - 1]):
                files.counted.add(key)
        for line in _lines(folder / f"{name}.exc"):
            form, base = line.split()[:2]
            files.bases.setdefault(form, base)
    return files


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="latin-1")
    return [line for line in text.splitlines() if not line.startswith("  ")]


def _take_synset(files: _Files, kind: str, line: str) -> None:
    body, _, explanation = line.partition("|")
    files.explaining.update(re.findall(r"[a-z][a-z-]+", explanation.lower()))
    fields = body.split()
    words = int(fields[3], 16)
    spelled = [fields[4 + 2 * n].split("(")[0].lower() for n in range(words)]
    at = 4 + 2 * words
    pointers = []
    for n in range(int(fields[at])):
        symbol, place, other_kind, both = fields[at + 1 + 4 * n : at + 5 + 4 * n]
        to = (_KINDS[other_kind], place)
        pointers.append(_Pointer(symbol, to, int(both[:2], 16), int(both[2:], 16)))
    files.synsets[kind, fields[0]] = _Synset(spelled, pointers)


def _known(files: _Files) -> set[tuple[str, str]]:
    used = {
        base
        for word, times in files.explaining.items()
        if times > 1
        for base in _bases(files, word)
    }
    return {
        key
        for key in files.senses
        if _WORD.fullmatch(key[0]) and (key[0] in used or key in files.counted)
    }


def _bases(files: _Files, word: str) -> set[str]:
    found = {word, files.bases.get(word, word)}
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            found |= {stem, f"{stem}e", re.sub(r"(.)\1$", r"\1", stem)}
    if word.endswith("ies"):
        found.add(f"{word[:-3]}y")
    return found


def _opposites(files: _Files, word: str, kind: str) -> list[str]:
    found = _related(files, word, kind, _ANTONYM)
    if kind == "a":
        for sense in files.senses[word, kind][: SENSES + 1]:
            for near in _pointed(files, sense, _SIMILAR):
                found += _spelled(files, near, _ANTONYM)
    return _clean(found, word)


def _related(files: _Files, word: str, kind: str, symbols: set[str]) -> list[str]:
    found = []
    for sense in files.senses[word, kind][: SENSES + 1]:
        found += _spelled(files, sense, symbols, of=word)
    return _clean(found, word)


def _spelled(
    files: _Files, sense: Sense, symbols: set[str], *, of: str = ""
) -> list[str]:
    synset = files.synsets[sense]
    return [
        files.synsets[pointer.to].words[pointer.other - 1]
        for pointer in synset.pointers
        if pointer.symbol in symbols
        and pointer.word
        and (not of or synset.words[pointer.word - 1] == of)
    ]


def _clean(words: list[str], word: str) -> list[str]:
    return [w for w in dict.fromkeys(words) if _WORD.fullmatch(w) and w != word]


def _pointed(files: _Files, sense: Sense, symbols: set[str]) -> list[Sense]:
    return [p.to for p in files.synsets[sense].pointers if p.symbol in symbols]


def _synset_lines(files: _Files, numbers: dict[Sense, int]) -> list[str]:
    """Return what stands above each sense; `numbers` grows by what is met on the way."""
    lines, done = [], 0
    while done < len(numbers):
        for sense in list(numbers)[done:]:
            above = [
                [
                    numbers.setdefault(to, len(numbers))
                    for to in _pointed(files, sense, symbols)
                ]
                for symbols in (_HYPERNYM, _SIMILAR if sense[0] == "a" else set())
            ]
            lines.append("\t".join(" ".join(map(str, row)) for row in above).rstrip())
            done += 1
    return lines


def main() -> None:
    """Write the file beside this module."""
    text = distil(Path(sys.argv[1]))
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
