"""An archive of the web under 127.0.0.1 that speaks Memento, well or badly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from tests.sources.press import Handler, Line, Press, Request, answer


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


@dataclass
class Mementos:
    """Copies under `/web/`, a TimeGate and a TimeMap for each page, and `/save/`."""

    press: Press
    raw: bool = True  # whether it gives pages without its banner, as `id_`
    copies: dict[str, dict[datetime, str]] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)

    def hold(
        self, url: str, at: datetime, body: str, *, status: int = 200, **how
    ) -> str:
        """Have a copy of this page; the address of it."""
        made = [("Memento-Datetime", http_date(at)), ("Link", self.link(url))]
        path = f"/web/{at:%Y%m%d%H%M%S}/{url}"
        banner = f"<html><body><div>The archive's banner</div>{body}</body></html>"
        self.press.page(path, banner, status=status, headers=made, **how)
        if self.raw:
            raw = f"/web/{at:%Y%m%d%H%M%S}id_/{url}"
            self.press.page(raw, body, status=status, headers=made, **how)
        self.copies.setdefault(url, {})[at] = self.press.url(path)
        self.press.on(f"/web/{url}", self.timegate(url))
        self.press.on(f"/web/timemap/link/{url}", self.timemap(url))
        return self.press.url(path)

    def takes(self, url: str, *, then: Handler | None = None) -> None:
        """Take wishes to save this page, and answer as told."""

        def save(request: Request, line: Line) -> None:
            self.saved.append(url)
            (then or answer("Saving it."))(request, line)

        self.press.on(f"/save/{url}", save)

    def link(self, url: str) -> str:
        timemap = self.press.url(f"/web/timemap/link/{url}")
        return (
            f'<{url}>; rel="original", <{self.press.url(f"/web/{url}")}>; '
            f'rel="timegate", <{timemap}>; rel="timemap"; '
            'type="application/link-format"'
        )

    def timegate(self, url: str) -> Handler:
        def choose(request: Request, line: Line) -> None:
            wanted = parsedate_to_datetime(request.headers["accept-datetime"])
            copies = self.copies[url]
            closest = min(copies, key=lambda at: abs(at - wanted))
            headers = [
                ("Location", copies[closest]),
                ("Vary", "accept-datetime"),
                ("Link", self.link(url)),
            ]
            answer(status=302, headers=headers)(request, line)

        return choose

    def timemap(self, url: str) -> Handler:
        lines = [self.link(url)] + [
            f'<{copy}>; rel="memento"; datetime="{http_date(at)}"'
            for at, copy in sorted(self.copies[url].items())
        ]
        return answer(",\n".join(lines), media_type="application/link-format")

    def asked(self) -> list[str]:
        """The paths that were asked for, without the host of the page."""
        return [request.path for request in self.press.requests]
