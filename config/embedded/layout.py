"""Where the two servers of one checkout keep their files and their sockets."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from config.embedded.errors import EmbeddedError, EmbeddedRefused

DATABASE = "counterclaim"
ROLE = "counterclaim"

# What the keeper says to a command once both servers answer.
READY = b"ready\n"
# How a keeper ends that finds another one at work.
LOCK_HELD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    One home of the two servers: every name in it follows from the folder alone.

    Reading it starts nothing and touches no disk, so settings may ask at any time.
    """

    home: Path
    # Nothing is flushed to disk and nothing survives a crash: for tests.
    throwaway: bool = False

    @classmethod
    def of_checkout(cls, base_dir: str | os.PathLike[str]) -> Self:
        """Return the layout of the servers that belong to a checkout."""
        return cls(home=Path(base_dir).resolve() / ".run")

    @property
    def digest(self) -> str:
        """A short name for this home that two checkouts never share."""
        return hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]

    @property
    def sockets(self) -> Path:
        """
        The folder of the Unix sockets.

        Not inside the home: the kernel takes 107 bytes for the path of a socket,
        and a checkout may lie deeper than that.
        """
        return Path("/tmp") / f"counterclaim-{os.geteuid()}-{self.digest}"  # noqa: S108

    @property
    def keeper_socket(self) -> Path:
        return self.sockets / "keeper.sock"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def lock(self) -> Path:
        return self.home / "keeper.lock"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def database_url(self) -> str:
        """
        The address of the database, as libpq and django-environ both read it.

        The folder of the socket stands in `host=`: django-environ puts it into
        OPTIONS, psql and pg_dump take the address as it is.
        """
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.sockets))}"

    @property
    def redis_url(self) -> str:
        """The address of Valkey, as redis-py reads it; `?db=` may be added."""
        return f"unix://{quote(str(self.valkey_socket))}"

    def prepare(self) -> None:
        """Make the folders. Raises EmbeddedRefused where they belong to others."""
        as_root = os.geteuid() == 0
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            refuse_foreign_folder(self.home)
            # Root's servers run as somebody else, who must be able to pass through.
            self.home.chmod(0o711 if as_root else 0o700)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            self.sockets.mkdir(mode=0o700, exist_ok=True)
        except OSError as exc:
            raise EmbeddedError(
                f"the folder of the embedded servers cannot be made: {exc}"
            ) from exc


def refuse_foreign_folder(folder: Path, *, allowed: tuple[int, ...] = ()) -> None:
    """Raise EmbeddedRefused unless the folder is a real one, and ours alone to write."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise EmbeddedRefused(f"{folder} is not a folder; remove it and start again")
    if found.st_uid not in (os.geteuid(), *allowed):
        raise EmbeddedRefused(
            f"{folder} belongs to user number {found.st_uid}, not to you: "
            "start as that user, or remove it"
        )
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        folder.chmod(stat.S_IMODE(found.st_mode) & ~(stat.S_IWGRP | stat.S_IWOTH))
