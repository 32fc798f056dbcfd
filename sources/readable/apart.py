"""
Reading a stranger's file in a process of its own, with hard limits.

The libraries that read files have no time limit and may be led to take all memory. What
comes to its limit here ends alone: the process that asked is told in a sentence.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from typing import Any

from sources.errors import SourceError, Unreadable, UnsupportedMedia
from sources.readable.page import Page, read
from sources.saying import gettext_noop as _

MAX_CPU_SECONDS = 15
MAX_SECONDS = 60  # of the clock: a busy machine is no reason to refuse
MAX_MEMORY_BYTES = 1536 * 1024 * 1024
_MODULE = "sources.readable.apart"


def read_apart(content: bytes, *, media_type: str = "") -> Page:
    """
    Read a file like `read`, in a process that is ended when it takes too much.

    Costs half a second more. Raises UnsupportedMedia and Unreadable.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing of a stranger
            [sys.executable, "-m", _MODULE, media_type],
            input=content,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise _too_much(media_type) from exc
    if done.returncode:
        raise _too_much(media_type)
    found: dict[str, Any] = json.loads(done.stdout)  # Any: JSON of our own
    if "refused" in found:
        raise UnsupportedMedia(
            found["refused"], media_type=media_type, facts=found["facts"]
        )
    if "unreadable" in found:
        raise Unreadable(found["unreadable"], facts=found["facts"])
    when = found.pop("published_at")
    blocks, article = map(tuple, (found.pop("blocks"), found.pop("article")))
    return Page(
        **found,
        published_at=datetime.fromisoformat(when) if when else None,
        blocks=blocks,
        article=article,
    )


def main() -> None:
    """Read what stands on the standard input, and write what was found."""
    _limit()
    content = sys.stdin.buffer.read()
    media_type = sys.argv[1] if len(sys.argv) > 1 else ""
    sys.stdout.write(json.dumps(_answer(content, media_type)))


def _answer(content: bytes, media_type: str) -> dict[str, Any]:
    try:
        page = read(content, media_type=media_type)
    except UnsupportedMedia as exc:
        return {"refused": exc.sentence.text, "facts": dict(exc.sentence.facts)}
    except SourceError as exc:
        return {"unreadable": exc.sentence.text, "facts": dict(exc.sentence.facts)}
    names = ("title", "author", "publisher", "language", "canonical_url")
    return {name: getattr(page, name) for name in names} | {
        "media_type": page.media_type,
        "charset": page.charset,
        "published_at": page.published_at.isoformat() if page.published_at else None,
        "blocks": page.blocks,
        "article": page.article,
    }


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none; the clock holds there
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _too_much(media_type: str) -> Unreadable:
    return Unreadable(
        _("The file takes too much time or memory to read. Paste its text instead.")
    )


if __name__ == "__main__":
    main()
