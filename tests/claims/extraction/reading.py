"""Short ways to say what a text is read as."""

from __future__ import annotations

from claims.extraction import Candidate, read_article


def the_only(text: str) -> Candidate:
    """Return the one candidate of a text that has one."""
    (candidate,) = read_article(text)
    return candidate


def said(text: str) -> list[tuple[str, str]]:
    """Return who says what, both as written: [("the ministry", "that …"), …]."""
    return [
        (candidate.source.text, candidate.statement) for candidate in read_article(text)
    ]


def assert_exact(text: str, candidates: list[Candidate]) -> None:
    """Check that every place is inside the text and holds what it says."""
    for candidate in candidates:
        spans = [*candidate.pieces, candidate.cue, candidate.source]
        spans += [candidate.said] if candidate.said else []
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert text[candidate.start : candidate.end] == candidate.text
        assert candidate.start == candidate.pieces[0].start
        assert candidate.end == candidate.pieces[-1].end
        ends = [0, *(piece.end for piece in candidate.pieces)]
        starts = [piece.start for piece in candidate.pieces]
        assert all(a <= b for a, b in zip(ends, starts, strict=False))
