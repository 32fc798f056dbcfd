"""Who the servers run as: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from config.embedded.errors import EmbeddedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The user the servers run as; `switch` is false where that is simply us."""

    uid: int
    gid: int
    switch: bool

    @classmethod
    def choose(cls) -> Self:
        """Return our own account, or for root that of postgres, else of nobody."""
        if os.geteuid() != 0:
            return cls(uid=os.geteuid(), gid=os.getegid(), switch=False)
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)
        raise EmbeddedError(
            "PostgreSQL does not run as root, and this machine has neither a user "
            "postgres nor a user nobody: run as an ordinary user"
        )

    # Any: the keywords of subprocess.Popen have no common type.
    def popen_keywords(self) -> dict[str, Any]:
        """Return what subprocess needs to run a program as this account."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, program: Path) -> bool:
        """Tell whether this account can start the program, libraries and all."""
        try:
            done = subprocess.run(
                [program, "--version"],
                cwd="/",
                capture_output=True,
                check=False,
                **self.popen_keywords(),
            )
        except OSError:
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account can pass through every parent of the folder."""
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", folder],
            cwd="/",
            capture_output=True,
            check=False,
            **self.popen_keywords(),
        )
        return done.returncode == 0

    def own(self, folder: Path) -> None:
        """Hand a folder and all in it to this account, if it belongs to another."""
        if not self.switch or folder.stat().st_uid == self.uid:
            return
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(Path(parent, name), self.uid, self.gid, follow_symlinks=False)
        # Last, so that an interrupted walk is walked again.
        os.chown(folder, self.uid, self.gid)
