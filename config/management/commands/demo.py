"""Run the whole of Counterclaim on this machine, with sample data that is alive."""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from config import embedded
from config.demo import sample, surroundings
from config.demo.surroundings import LOOPBACK
from config.embedded.removal import remove
from config.embedded.supervisor import Part, Supervisor

PORTS_TRIED = 100
PRESS_PORT = 8090
ROUND_SECONDS = 0.5
SAME_SIGNAL_SECONDS = 0.5
FIRST_PAGE_SECONDS = 60
SIGN_INS = (
    ("admin", "everything, in the admin too"),
    ("editor", "articles, candidates, claims"),
    ("ana", "reviewer"),
    ("ben", "reviewer"),
    ("contributor", "brings articles and claims"),
    ("reader", "reads what is published"),
)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=os.environ.get("PORT", "8000"),
            help="where the web answers; the next free port if it is taken (8000)",
        )
        parser.add_argument(
            "--fresh", action="store_true", help="delete what was there, start anew"
        )

    # Any: Django hands the options over as they come.
    def handle(self, *_args: Any, port: int, fresh: bool, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "the demo never starts in production: its passwords are no secret. "
                "Unset COUNTERCLAIM_PRODUCTION."
            )
        hear_signals()
        layout = embedded.Layout.of_checkout(settings.BASE_DIR)
        try:
            layout.prepare()
            with the_only_demo(layout) as note:
                if fresh:
                    self.start_anew(layout)
                Demo(layout, say=self.say).run(port=port, note=note)
        except embedded.EmbeddedError as exc:
            raise CommandError(f"{exc}.") from exc
        except KeyboardInterrupt:
            self.say("\nStopped. What was there is kept for the next start.")

    def start_anew(self, layout: embedded.Layout) -> None:
        if names_servers():
            raise CommandError(
                "--fresh deletes the embedded servers' data, and DATABASE_URL or "
                "REDIS_URL name others: empty those yourself"
            )
        remove(layout)
        # What the sample press remembers belongs to the data that are gone.
        for name in ("press.opened", "press.port"):
            (layout.home / name).unlink(missing_ok=True)
        surroundings.forget(layout.home)

    def say(self, words: str) -> None:
        # Whoever listened may have gone: a closed terminal, `| head`.
        with contextlib.suppress(OSError):
            self.stdout.write(words)
            self.stdout.flush()


class Demo:
    """The servers, the sample data, and the processes around them."""

    def __init__(self, layout: embedded.Layout, *, say: Any) -> None:
        self.layout = layout
        self.say = say
        self.attachment: embedded.Attachment | None = None

    def run(self, *, port: int, note: Path) -> None:
        """Run everything until a signal comes."""
        began = time.monotonic()
        web_port = free_port(port)
        if web_port != port:
            self.say(f"Port {port} is in use; taking {web_port}.")
        press_port = self.press_port()
        with contextlib.ExitStack() as held:
            held.callback(self.release)
            self.hold_servers()
            self.prepare(press_port)
            chosen = surroundings.of_the_demo(web_port=web_port, press_port=press_port)
            surroundings.keep(self.layout.home, chosen)
            supervisor = Supervisor(
                parts(web_port, press_port, chosen=chosen),
                logs=self.layout.logs,
                say=self.say,
            )
            held.callback(stop_parts, supervisor)
            supervisor.start()
            address = f"http://{LOOPBACK}:{web_port}/"
            await_page(supervisor, web_port)
            note.write_text(address)
            self.welcome(address, seconds=time.monotonic() - began)
            self.mind(supervisor)

    def hold_servers(self) -> None:
        """Have both servers, if no others are named."""
        if not names_servers():
            self.say("Starting PostgreSQL and Valkey ...")
            self.attachment = embedded.attach(self.layout)

    def release(self) -> None:
        # Nothing is left that could be hurried, and the data are being written.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if self.attachment is not None:
            self.attachment.release()

    def prepare(self, press_port: int) -> None:
        """Bring the database up to date and put the sample data in."""
        # Empty here, but WhiteNoise warns of a folder that is not there.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        # As the processes of the demo have it from their environment.
        settings.SOURCES_ALLOW_NETWORKS = [ip_network(f"{LOOPBACK}/32")]
        settings.SOURCES_ALLOW_PORTS = [press_port]
        sample.load(press_url=f"http://{LOOPBACK}:{press_port}", now=timezone.now())
        connections.close_all()

    def press_port(self) -> int:
        """Return the port of the sample press, the same at every start if possible."""
        # Sources keep their addresses from one start to the next.
        kept = self.layout.home / "press.port"
        wanted = int(kept.read_text()) if kept.exists() else PRESS_PORT
        port = free_port(wanted)
        if kept.exists() and port != wanted:
            self.say(
                f"Port {wanted}, where the sample press was, is in use; the pages of "
                f"the sample data will seem to be down until it is free."
            )
        elif port != wanted or not kept.exists():
            kept.write_text(str(port))
        return port

    def welcome(self, address: str, *, seconds: float) -> None:
        self.say("")
        self.say(f"Counterclaim is at {address}  (ready after {seconds:.0f} s)")
        self.say("")
        self.say(f"  the desk   {address}desk/")
        self.say(f"  the admin  {address}admin/")
        self.say(f"  the API    {address}api/docs/")
        self.say("")
        self.say("Sign in as one of these; the password is `demo` for each:")
        self.say("")
        for name, what in SIGN_INS:
            self.say(f"  {name:<8} {what}")
        self.say("")
        self.say(f"Logs: {self.layout.logs}. Ctrl-C stops everything.")
        self.say("")

    def mind(self, supervisor: Supervisor) -> None:
        """Keep everything alive."""
        while True:
            time.sleep(ROUND_SECONDS)
            if self.attachment is not None and not self.attachment.is_alive():
                self.say("!! the database servers went away; starting them again")
                self.attachment = embedded.attach(self.layout)
            supervisor.tend(now=time.monotonic())


def hear_signals() -> None:
    """Make every signal that ends us raise KeyboardInterrupt."""
    heard: list[float] = []

    def interrupt(_number: int, _frame: object) -> None:
        now = time.monotonic()
        heard.append(now)
        # `make` hands on the SIGTERM that a whole group was sent: those are one.
        if len(heard) == 1 or now - heard[-2] > SAME_SIGNAL_SECONDS:
            raise KeyboardInterrupt

    # A shell starts `make demo &` with Ctrl-C ignored, and that is inherited.
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # not under nohup
        signal.signal(signal.SIGHUP, interrupt)


def stop_parts(supervisor: Supervisor) -> None:
    """Stop all parts; a second Ctrl-C kills them."""
    try:
        supervisor.stop()
    except KeyboardInterrupt:
        supervisor.kill()


@contextlib.contextmanager
def the_only_demo(layout: embedded.Layout) -> Iterator[Path]:
    """Hold the place of this checkout's demo. Raises CommandError if it is taken."""
    note = layout.home / "demo.lock"
    with note.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = note.read_text() or "(it is still starting)"
            raise CommandError(
                f"the demo of this checkout runs already: {where}"
            ) from None
        note.write_text("")
        yield note


def names_servers() -> bool:
    """Tell whether the environment names servers of its own."""
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def free_port(wanted: int) -> int:
    """Return the port, or the next one above it that nobody listens on."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe, contextlib.suppress(OSError):
            # As the web server does; else a port would stay taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, port))
            return port
    raise CommandError(f"no port is free from {wanted} on; name another with PORT=")


def parts(web_port: int, press_port: int, *, chosen: Mapping[str, str]) -> list[Part]:
    """Return the processes of the demo."""
    environment = {
        **os.environ,
        **chosen,
        "PYTHONUNBUFFERED": "1",
        # Each of Celery's processes would check the whole code again at its start.
        "SKIP_CHECKS": "1",
    }
    celery = ("celery", "-A", "config")
    worker = (
        *(*celery, "worker", "-l", "info", "--without-gossip", "--without-mingle"),
        # Its first beat is tried for ever where Redis is gone, deaf to SIGTERM.
        "--without-heartbeat",
    )
    commands = {
        "press": ("config.demo.press", "--port", str(press_port)),
        "web": (
            *("granian", "--interface", "wsgi", "--host", LOOPBACK),
            *("--port", str(web_port), "--blocking-threads", "32"),
            "config.wsgi:application",
        ),
        "worker": (*worker, "-Q", "fetch,desk", "-c", "2", "-n", "worker@%h"),
        "reader": (*worker, "-Q", "read,extract", "-c", "2", "-n", "reader@%h"),
        "beat": (*celery, "beat", "-l", "info"),
    }
    pooled = {"web": {"COUNTERCLAIM_DATABASE_POOL": "on"}}
    return [
        Part(
            name=name,
            command=(sys.executable, "-m", *words),
            environment=environment | pooled.get(name, {}),
            folder=settings.BASE_DIR,
        )
        for name, words in commands.items()
    ]


def await_page(supervisor: Supervisor, port: int) -> None:
    """Return when the first page is served. Raises CommandError if it never is."""
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while time.monotonic() < deadline:
        supervisor.tend(now=time.monotonic())
        line = http.client.HTTPConnection(LOOPBACK, port, timeout=FIRST_PAGE_SECONDS)
        with contextlib.closing(line), contextlib.suppress(OSError):
            line.request("GET", "/")
            if line.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        time.sleep(0.05)
    raise CommandError(
        f"the web did not serve a page within {FIRST_PAGE_SECONDS} s; see its log"
    )
