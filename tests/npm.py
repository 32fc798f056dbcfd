"""
Programs from npm, for tests that read what the product says as others' programs do.

A package is a folder beside its tests, with a `package.json`, its lock and scripts.
`npm(folder)` installs what the lock says under `.run/npm`, once for each state of the
folder, and `node` runs one of its scripts. Where Node or the registry is missing, the
test is skipped, loudly; a lock that does not hold fails it.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.environment import PROJECT

HOME = PROJECT / ".run" / "npm"
INSTALL_SECONDS = 300
RUN_SECONDS = 120
# What npm says where the registry cannot be reached, whatever is wrong on the way.
UNREACHABLE = (
    *("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"),
    *("ENETUNREACH", "EHOSTUNREACH", "ERR_SOCKET_TIMEOUT", "ENOTCACHED"),
)


def npm(folder: Path) -> Path:
    """Return a folder with these scripts and what their lock names, ready to run."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"NO {program.upper()} here: install Node.js 18 or newer")
    home = HOME / f"{folder.name}-{_state(folder)}"
    HOME.mkdir(parents=True, exist_ok=True)
    # Several test processes may come here at once.
    with (HOME / f"{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "installed").exists():
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(folder, home, ignore=shutil.ignore_patterns("node_modules"))
            _install(home)
            (home / "installed").touch()
    return home


def node(home: Path, script: str, *arguments: str, said: str = "") -> str:
    """Run a script of a package; return what it prints. `said` is its input."""
    done = subprocess.run(
        ["node", script, *arguments],
        cwd=home,
        input=said,
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{script}: {done.stderr[-3_000:]}"
    return done.stdout


def _install(home: Path) -> None:
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=home,
        # A setting of this machine's npm must not leave out what the lock names.
        env={**os.environ, "NODE_ENV": "", "npm_config_update_notifier": "false"},
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return
    name = json.loads((home / "package.json").read_text())["name"]
    if any(word in done.stderr for word in UNREACHABLE):
        pytest.skip(f"NO NPM REGISTRY in reach: {name} cannot be installed")
    pytest.fail(f"npm cannot install {name}: {done.stderr[-3_000:]}")


def _state(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "node_modules" not in file.parts:
            found.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return found.hexdigest()[:12]
