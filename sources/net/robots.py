"""
What a robots.txt allows us (RFC 9309; pure).

Protego matches the rules. It is given only the groups that are about us, spelled in one
way: it takes time by the square of the agents that a file names, and takes "claim" for
a name of "Counterclaim", where the RFC wants the same name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Self

from protego import Protego

from sources.net.courteous import ROBOTS_BYTES

# A rule longer than any address that is asked for matches none.
_LONGEST_LINE = 4_096
_LINES = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"user(?:-|\s+)?agent(?:\s*:|\s)\s*(.*)", re.IGNORECASE)
_RULE = re.compile(r"(?:allow|dis|dias|crawl)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_NUL = dict.fromkeys((0,))


def token_of(user_agent: str) -> str:
    """Return the name that a robots.txt would call this agent by."""
    match = _TOKEN.match(user_agent)
    if match is None:
        raise ValueError(f"this user agent begins with no name: {user_agent!r}")
    return match[0].lower()


def decoded(body: bytes) -> str:
    """Return the text of a robots.txt, whatever it says or hides of its charset."""
    if len(body) >= ROBOTS_BYTES:
        # Half of "Disallow: /private" would be a rule about the whole site.
        body = body[:ROBOTS_BYTES].rpartition(b"\n")[0]
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, errors="replace")
            break
    else:
        text = body.decode(errors="replace")
    return text.translate(_NUL)


def lines_about(text: str, *, token: str) -> list[str]:
    """
    Return the rules of a robots.txt that are about us, as they are written there.

    Those about everybody, where none are about us.
    """
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    naming = False
    for line in _about(token, text):
        named = _AGENT.match(line)
        if named:
            agents = [*agents, named[1]] if naming else [named[1]]
            groups.setdefault(named[1], [])
        else:
            for agent in agents:
                groups[agent].append(line)
        naming = bool(named)
    return groups.get(token, groups.get("*", []))


def reduced(text: str, *, token: str) -> str:
    """Return what of a robots.txt is about us or about everybody, with its groups."""
    return "\n".join(_about(token, text))


class Rules:
    """The rules that are about us."""

    __slots__ = ("_protego", "_token", "delay", "size")

    def __init__(self, lines: list[str], token: str) -> None:
        self.size = len(lines)
        self._token = token
        self._protego = Protego.parse("\n".join(lines)) if lines else None
        self.delay = 0.0  # seconds between two requests
        if self._protego is not None:
            self.delay = self._protego.crawl_delay(token) or 0.0

    @classmethod
    def read(cls, text: str, *, token: str) -> Self:
        """Read the rules of a robots.txt. What is no rule is passed over."""
        return cls(list(_about(token, text)), token)

    def __bool__(self) -> bool:
        return self.size > 0

    def allow(self, url: str) -> bool:
        """Say whether this address may be asked for."""
        if self._protego is None:
            return True
        allowed: bool = self._protego.can_fetch(url, self._token)
        return allowed


def _about(token: str, text: str) -> Iterator[str]:
    """Yield the lines of the groups that are about us, or about everybody."""
    ours = False  # the rules of this group are about us
    naming = False  # the line before named an agent
    for whole in _LINES.split(text):
        if len(whole) > _LONGEST_LINE:
            continue
        line = whole.partition("#")[0].strip()
        if named := _AGENT.match(line):
            agent = _meant(named[1], token)
            ours = bool(agent) or (ours and naming)
            naming = True
            if agent:
                yield f"User-agent: {agent}"
        elif _RULE.match(line):
            naming = False
            if ours:
                yield line


def _meant(name: str, token: str) -> str:
    if name.startswith("*"):
        return "*"
    match = _TOKEN.match(name)
    return token if match and match[0].lower() == token else ""
