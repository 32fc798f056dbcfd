"""
A small press under 127.0.0.1 that answers as it is told to, well or badly.

    with Press() as press:
        press.page("/a", "<p>Words</p>")
        press.redirect("/b", "/a")
        press.on("/c", stalls)
        press.url("/a")  # http://127.0.0.1:PORT/a

Real sockets and threads; every request is kept in `press.requests`.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    404: "Not Found",
}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass(slots=True)
class Line:
    """The connection a handler answers on."""

    socket: socket.socket
    closing: threading.Event
    keep: bool = True

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def hang_up(self) -> None:
        self.keep = False

    def wait(self, seconds: float = 60) -> bool:
        """Wait; True where the press closes meanwhile."""
        return self.closing.wait(seconds)


Handler = Callable[[Request, Line], None]


def answer(
    body: str | bytes = b"",
    *,
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    media_type: str = "text/html; charset=utf-8",
) -> Handler:
    """A well-formed answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Said')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if status != 304:
        lines += [f"Content-Type: {media_type}", f"Content-Length: {len(content)}"]
    data = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content

    def handle(_request: Request, line: Line) -> None:
        line.send(data)

    return handle


def raw(data: bytes) -> Handler:
    """These bytes, whatever they are, and then the end."""

    def handle(_request: Request, line: Line) -> None:
        line.send(data)
        line.hang_up()

    return handle


def stalls(_request: Request, line: Line) -> None:
    """Nothing, for as long as anybody waits."""
    line.wait()
    line.hang_up()


def drips(data: bytes, *, every: float) -> Handler:
    """A byte now and then."""

    def handle(_request: Request, line: Line) -> None:
        line.hang_up()
        for byte in data:
            line.send(bytes([byte]))
            if line.wait(every):
                return

    return handle


def validated(body: str, *, etag: str = "", last_modified: str = "") -> Handler:
    """The page, or 304 to whoever has it already."""
    names = (("ETag", etag), ("Last-Modified", last_modified))
    headers = [(name, value) for name, value in names if value]
    full, short = answer(body, headers=headers), answer(status=304, headers=headers)

    def handle(request: Request, line: Line) -> None:
        known = (etag and request.headers.get("if-none-match") == etag) or (
            last_modified and request.headers.get("if-modified-since") == last_modified
        )
        (short if known else full)(request, line)

    return handle


@dataclass
class Press:
    """The server; unknown paths are 404."""

    host: str = "127.0.0.1"
    port: int = 0  # a free one
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    _handlers: dict[str, Handler] = field(default_factory=dict)
    _lines: set[socket.socket] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _closing: threading.Event = field(default_factory=threading.Event)
    connections: int = 0
    _other: Handler = field(default=answer("Nothing here.", status=404))

    def __enter__(self) -> Press:
        self._listener = socket.create_server((self.host, self.port), backlog=256)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def url(self, path: str = "/", *, host: str = "") -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def on(self, path: str, handler: Handler) -> str:
        """Answer this path so from now on; the address of it."""
        self._handlers[path] = handler
        return self.url(path)

    def otherwise(self, handler: Handler) -> None:
        """Answer so for every path that nothing is known of."""
        self._other = handler

    def page(self, path: str, body: str | bytes, **how) -> str:
        return self.on(path, answer(body, **how))

    def redirect(
        self, path: str, to: str, *, status: int = 302, cookie: str = ""
    ) -> str:
        headers = [("Location", to)] + ([("Set-Cookie", cookie)] if cookie else [])
        return self.on(path, answer(status=status, headers=headers))

    def asked_for(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def _start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.tls:
                plain, connection = (
                    connection,
                    self.tls.wrap_socket(connection, server_side=True),
                )
                self._lines.discard(plain)
                self._lines.add(connection)
            with connection, connection.makefile("rb") as reader:
                line = Line(connection, self._closing)
                while line.keep and (request := _request(reader)):
                    self.requests.append(request)
                    self._handlers.get(request.path, self._other)(request, line)
        except OSError:
            connection.close()
        finally:
            self._lines.discard(connection)


def _request(reader) -> Request | None:
    first = reader.readline().decode("latin-1").split()
    if len(first) != 3 or not first[2].startswith("HTTP/"):
        return None  # such as a greeting in TLS, whose random bytes may be three words
    headers = {}
    while (line := reader.readline().decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = reader.read(int(headers.get("content-length", 0)))
    return Request(first[0], first[1], headers, body)
