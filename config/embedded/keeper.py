"""
The one process that minds the two servers of a home: `python -m config.embedded.keeper`.

Nobody starts it by hand. The first command that needs the servers starts it; every
command keeps a connection to it for as long as it runs; when the last connection closes,
however that command ended, the keeper stops the servers and goes. So a command that came
first can leave before those that came later, and nothing is left behind by a kill -9:
a killed command closes its connection, and a killed keeper takes its servers along.
"""

import argparse
import contextlib
import fcntl
import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.embedded import binaries
from config.embedded.account import Account
from config.embedded.errors import EmbeddedError
from config.embedded.layout import LOCK_HELD, READY, Layout
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

logger = logging.getLogger("config.embedded.keeper")

# How long it waits for the command that started it to come.
FIRST_SECONDS = 10
# A server that dies is started again, but not for ever.
RESTARTS = 5
RESTARTS_WITHIN_SECONDS = 60
# For root, when the account of the servers cannot enter the checkout.
ROOT_DATA = Path("/var/lib/counterclaim")

Server = Postgres | Valkey


class Keeper:
    """The servers, those who use them, and the loop between."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.users: set[socket.socket] = set()
        self.last: socket.socket | None = None
        self.running: dict[Server, subprocess.Popen[bytes]] = {}
        self.restarts: list[float] = []
        self.told_to_stop = False
        self.listener = socket.socket(socket.AF_UNIX)
        self.wakes, self.wake = socket.socketpair()
        self.selector = selectors.DefaultSelector()

    def hear_signals(self) -> None:
        """Let SIGTERM end it, and the end of a child wake it."""
        self.wake.settimeout(0)
        signal.set_wakeup_fd(self.wake.fileno())
        signal.signal(signal.SIGTERM, self.on_term)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        # Ctrl-C is meant for the command at the terminal.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def on_term(self, _number: int, _frame: object) -> None:
        self.told_to_stop = True

    def open(self) -> None:
        """Take visitors from now on; they wait until the servers answer."""
        self.layout.keeper_socket.unlink(missing_ok=True)
        self.listener.bind(str(self.layout.keeper_socket))
        self.layout.keeper_socket.chmod(0o600)
        self.listener.listen(100)
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.selector.register(self.wakes, selectors.EVENT_READ)

    def start(self) -> None:
        """Start both servers. Raises EmbeddedError."""
        account = Account.choose()
        if account.switch:
            os.chown(self.layout.sockets, account.uid, account.gid)
        found = binaries.find(account)
        home = data_home(self.layout, account)
        for kind in (Valkey, Postgres):
            server = kind(
                layout=self.layout, account=account, binaries=found, data_home=home
            )
            server.prepare()
            self.running[server] = server.start()
            logger.info("server started: %s", type(server).__name__)

    def mind(self) -> None:
        """Serve until the last user has gone."""
        patience_ends = time.monotonic() + FIRST_SECONDS
        while not self.told_to_stop and (
            self.users or time.monotonic() < patience_ends
        ):
            for key, _ in self.selector.select(None if self.users else 1):
                self.answer(key.fileobj)
            if self.users:
                patience_ends = 0
            self.revive()

    def answer(self, line: object) -> None:
        """Let a visitor in, or see a user off."""
        if line is self.listener:
            with contextlib.suppress(OSError):
                user, _ = self.listener.accept()
                user.sendall(READY)
                self.users.add(user)
                self.selector.register(user, selectors.EVENT_READ)
        elif line is self.wakes:
            self.wakes.recv(1_000)
        elif isinstance(line, socket.socket) and has_left(line):
            self.selector.unregister(line)
            self.users.discard(line)
            if self.users:
                line.close()
            else:
                # The last one waits for this to close, which it does when all is down.
                self.last = line

    def revive(self) -> None:
        """Start again what has died. Raises EmbeddedError when it keeps dying."""
        for server, process in list(self.running.items()):
            if process.poll() is None:
                continue
            now = time.monotonic()
            self.restarts = [
                at for at in self.restarts if now - at < RESTARTS_WITHIN_SECONDS
            ]
            if len(self.restarts) >= RESTARTS:
                raise EmbeddedError(
                    f"{type(server).__name__} ended {RESTARTS} times in a minute"
                )
            self.restarts.append(now)
            logger.warning("server died, starting it again: %s", type(server).__name__)
            server.prepare()
            self.running[server] = server.start()

    def explain(self, problem: str) -> None:
        """Tell those who wait why there are no servers."""
        self.listener.settimeout(2)
        with contextlib.suppress(OSError):
            while True:
                user, _ = self.listener.accept()
                user.sendall(f"{problem}\n".encode())
                user.close()
                self.listener.settimeout(0)

    def close(self) -> None:
        """Stop what runs, last things first."""
        self.listener.close()
        self.layout.keeper_socket.unlink(missing_ok=True)
        for server, process in reversed(self.running.items()):
            server.stop(process)
        logger.info("servers stopped")


def has_left(user: socket.socket) -> bool:
    """Tell whether the other end has closed; users have nothing to say."""
    try:
        return not user.recv(1_000)
    except OSError:
        return True


def data_home(layout: Layout, account: Account) -> Path:
    """Return the folder for the data: the home, if the account can get there."""
    if account.can_enter(layout.home):
        return layout.home
    folder = ROOT_DATA / layout.digest
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    # So that somebody who looks for the data finds it.
    pointer = layout.home / "data"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(folder)
    return folder


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the lock of a home; the kernel lets go of it however this process ends."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def keep(layout: Layout) -> int:
    """
    Run the servers of a home, in the background, for as long as somebody needs them.

    Returns at once, with LOCK_HELD when another keeper is at work.
    """
    keeper = Keeper(layout)
    keeper.hear_signals()
    with locked(layout.lock) as ours:
        if not ours:
            return LOCK_HELD
        keeper.open()
        # From here on visitors may come: the command that called has its answer, and
        # is no parent of what may outlive it. The child holds the lock as well.
        if os.fork():
            return 0
        try:
            keeper.start()
            keeper.mind()
        except EmbeddedError as exc:
            logger.exception("the servers cannot run")
            keeper.explain(str(exc))
        finally:
            keeper.close()
    return 0


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--throwaway", action="store_true")
    asked = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    return keep(Layout(home=asked.home, throwaway=asked.throwaway))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
