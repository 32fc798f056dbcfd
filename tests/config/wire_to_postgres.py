"""A line to PostgreSQL that can be cut and mended, as a Unix socket in between."""

import contextlib
import shutil
import socket
import tempfile
import threading
from pathlib import Path


class Line:
    """Passes on what is said in both directions, until it is cut."""

    def __init__(self, to: Path):
        self.to = to
        # Not pytest's own folder: a socket's path has 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="line-"))
        self._ends, self._door = [], None
        self.mend()

    def mend(self) -> None:
        (self.folder / self.to.name).unlink(missing_ok=True)
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self.folder / self.to.name))
        self._door.listen()
        threading.Thread(target=self._welcome, args=[self._door], daemon=True).start()

    def cut(self) -> None:
        for end in (self._door, *self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def remove(self) -> None:
        self.cut()
        shutil.rmtree(self.folder)

    def _welcome(self, door) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self.to))
                self._ends += [here, there]
                for ends in ((here, there), (there, here)):
                    threading.Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(source, target) -> None:
    with contextlib.suppress(OSError):
        while words := source.recv(65_536):
            target.sendall(words)
        target.shutdown(socket.SHUT_WR)
