"""The README's table of settings is the truth about the environment."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
READS = re.compile(
    r'(?:text|switch|number|seconds|address|words|numbers|networks|database)\(\s*"([A-Z_]+)"'
    r'|environ(?:\.get\(|\[)\s*"((?:COUNTERCLAIM|SOURCES|CLAIMS|DATABASE|REDIS)_?[A-Z_]*)"'
)
# Set by the tests and by the embedded servers themselves, not by an operator.
INTERNAL = re.compile(r"COUNTERCLAIM_TEST_|COUNTERCLAIM_ATTACHED")


def read_in_code() -> set[str]:
    files = [*PROJECT.glob("config/**/*.py"), PROJECT / "manage.py"]
    names = {
        first or second
        for path in files
        for first, second in READS.findall(path.read_text())
    }
    return {name for name in names if not INTERNAL.match(name)}


def told_in_readme() -> set[str]:
    return set(
        re.findall(r"^\| `([A-Z_]+)`", (PROJECT / "README.md").read_text(), re.M)
    )


def test_each_variable_that_is_read_stands_in_the_table():
    assert read_in_code() - told_in_readme() == set()


def test_each_variable_in_the_table_is_read():
    shell = {"PORT", "DEMO_ARGS", "COUNTERCLAIM_CHROMIUM"}

    assert told_in_readme() - read_in_code() - shell == set()
