"""
A small press: four newspapers that do not exist, on a port of this machine.

    python -m config.demo.press --port 8090

A while after it opened, one article changes a number without saying so, one moves
and one is taken down; another stands behind a wall from the start. The moment of
opening is remembered in a file, so that a second start goes on where the first ended.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from config.demo.edition import PAPERS, Article, Calendar, articles
from config.demo.printing import STYLE, article_page, list_page, notice_page

HOST = "127.0.0.1"
OPENED = Path(__file__).resolve().parents[2] / ".run" / "press.opened"
ROBOTS = "User-agent: *\nAllow: /\n"
HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the press says to one request."""

    status: HTTPStatus = HTTPStatus.OK
    body: str = ""
    media_type: str = HTML
    modified_at: datetime | None = None
    location: str = ""

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body.encode()).hexdigest()[:32]}"'

    def headers(self) -> dict[str, str]:
        found = {"Content-Type": self.media_type, "Cache-Control": "no-cache"}
        if self.location:
            found["Location"] = self.location
        if self.modified_at is not None:
            found["ETag"] = self.etag
            found["Last-Modified"] = format_datetime(self.modified_at, usegmt=True)
        return found

    def is_known(self, asked: Message) -> bool:
        """Tell whether the asker has this already (RFC 9110, section 13.2.2)."""
        if self.modified_at is None:
            return False
        if tags := asked.get("If-None-Match"):
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return self.etag in known or "*" in known
        try:
            since = parsedate_to_datetime(asked.get("If-Modified-Since") or "")
        except ValueError:
            return False
        return since.tzinfo is not None and self.modified_at <= since


@dataclass(frozen=True, slots=True)
class Press:
    """The whole site, as of any moment."""

    calendar: Calendar
    pages: dict[str, Article] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for article in articles():
            self.pages[article.path] = self.pages[article.new_path] = article

    def answer(self, path: str, *, site: str, now: datetime) -> Answer:
        """Return what stands at this path now; `site` begins every full address."""
        if article := self.pages.get(path):
            return self._article(article, path, site=site, now=now)
        if path == "/robots.txt":
            return Answer(body=ROBOTS, media_type=PLAIN)
        if path == "/press.css":
            return Answer(body=STYLE, media_type="text/css; charset=utf-8")
        if path == "/":
            return self._front("All papers", "", now=now)
        if (paper := path.strip("/")) in PAPERS:
            return self._front(PAPERS[paper], paper, now=now)
        return _missing(HTTPStatus.NOT_FOUND, "There is no article at this address.")

    def _article(
        self, article: Article, path: str, *, site: str, now: datetime
    ) -> Answer:
        if article.walled:
            return _missing(
                HTTPStatus.FORBIDDEN, "This article is for readers who are signed in."
            )
        if self.calendar.is_gone(article, now):
            return _missing(HTTPStatus.GONE, "This article is no longer available.")
        stands_at = (
            article.new_path if self.calendar.has_moved(article, now) else article.path
        )
        if path == stands_at:
            return self._printed(article, site + path, now=now)
        if path == article.path:
            return Answer(
                status=HTTPStatus.MOVED_PERMANENTLY, location=site + stands_at
            )
        return _missing(HTTPStatus.NOT_FOUND, "There is no article at this address.")

    def _printed(self, article: Article, address: str, *, now: datetime) -> Answer:
        page = article_page(
            article,
            body=self.calendar.body_of(article, now),
            published_at=article.published_at(self.calendar.opened),
            address=address,
        )
        modified_at = self.calendar.modified_at(article, now)
        return Answer(body=page, modified_at=modified_at.replace(microsecond=0))

    def _front(self, title: str, paper: str, *, now: datetime) -> Answer:
        entries = [
            (
                each.new_path if self.calendar.has_moved(each, now) else each.path,
                each.headline,
                f"{PAPERS[each.paper]}, {each.section}",
            )
            for each in articles()
            if paper in {"", each.paper} and not self.calendar.is_gone(each, now)
        ]
        home = f"/{paper}/" if paper else "/"
        return Answer(body=list_page(title, home=home, entries=entries))


def _missing(status: HTTPStatus, words: str) -> Answer:
    page = notice_page("The sample press", title=status.phrase, words=words)
    return Answer(status=status, body=page)


class Counter(BaseHTTPRequestHandler):
    """Hands out the pages."""

    server: PressServer
    protocol_version = "HTTP/1.1"
    server_version = "SamplePress"
    sys_version = ""
    timeout = PATIENCE_SECONDS

    def do_GET(self) -> None:
        self._hand_out(with_body=True)

    def do_HEAD(self) -> None:
        self._hand_out(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        if not self.server.quiet:
            super().log_message(format, *args)

    def _hand_out(self, *, with_body: bool) -> None:
        answer = self.server.press.answer(
            urlsplit(self.path).path, site=self.server.site, now=self.server.clock()
        )
        known = answer.is_known(self.headers)
        self.send_response(HTTPStatus.NOT_MODIFIED if known else answer.status)
        for name, value in answer.headers().items():
            self.send_header(name, value)
        body = answer.body.encode()
        if not known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and not known:
            self.wfile.write(body)


class PressServer(ThreadingHTTPServer):
    """The press on a port of this machine (0: any that is free), not serving yet."""

    daemon_threads = True

    def __init__(
        self,
        calendar: Calendar,
        *,
        port: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        quiet: bool = False,
    ) -> None:
        self.press = Press(calendar)
        self.clock = clock
        self.quiet = quiet
        super().__init__((HOST, port), Counter)

    @property
    def site(self) -> str:
        """What every full address begins with."""
        return f"http://{HOST}:{self.server_port}"


def opened(*, file: Path, now: datetime) -> datetime:
    """Return when the press opened; that is now if the file does not say."""
    try:
        return datetime.fromisoformat(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return open_anew(file=file, now=now)


def open_anew(*, file: Path, now: datetime) -> datetime:
    """Begin again: every article stands as it was first printed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(now.isoformat(), encoding="ascii")
    return now


def main() -> None:
    """Print until a signal comes."""
    asked = _asked()
    calendar = Calendar(
        opened=opened(file=asked.opened, now=datetime.now(UTC)),
        edit_after=timedelta(seconds=asked.edit_after),
        move_after=timedelta(seconds=asked.move_after),
        gone_after=timedelta(seconds=asked.gone_after),
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with PressServer(calendar, port=asked.port) as server:
        sys.stdout.write(f"The sample press is at {server.site}/\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def _asked() -> argparse.Namespace:
    wanted = argparse.ArgumentParser(
        prog="python -m config.demo.press", description=__doc__
    )
    wanted.formatter_class = argparse.RawDescriptionHelpFormatter
    wanted.add_argument("--port", type=int, default=8090)
    wanted.add_argument(
        "--opened", type=Path, default=OPENED, help="the file that remembers when"
    )
    for what, seconds in (("edit", 60), ("move", 90), ("gone", 120)):
        wanted.add_argument(
            f"--{what}-after", type=float, default=seconds, metavar="SECONDS"
        )
    return wanted.parse_args()


if __name__ == "__main__":
    main()
