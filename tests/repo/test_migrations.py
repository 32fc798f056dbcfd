"""Models and migrations say the same, triggers included."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_trigger_stands_in_the_database_as_in_the_models(capsys):
    call_command("pgtrigger", "ls")

    states = capsys.readouterr().out.splitlines()
    assert states
    assert [line for line in states if "INSTALLED" not in line] == []
