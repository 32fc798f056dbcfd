"""Delete what the servers of a home have kept."""

import os
import shutil

from config.embedded.errors import EmbeddedRefused
from config.embedded.keeper import ROOT_DATA, locked
from config.embedded.layout import Layout


def remove(layout: Layout) -> None:
    """Delete the data of both servers. Raises EmbeddedRefused while they run."""
    if not layout.home.exists():
        return
    with locked(layout.lock) as ours:
        if not ours:
            raise EmbeddedRefused("the servers are running: stop what uses them first")
        kept = [*layout.home.glob("pg*"), layout.home / "valkey"]
        if os.geteuid() == 0:
            kept.append(ROOT_DATA / layout.digest)
        for folder in (*kept, layout.sockets):
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)
        (layout.home / "data").unlink(missing_ok=True)
