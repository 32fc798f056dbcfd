"""`manage.py doctor`: what is wrong, in sentences."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.disagreement.signals.weights import save, shipped
from config.management.commands import doctor
from config.management.commands.doctor import State
from tests.claims.endpoint.oracle import Oracle

pytestmark = pytest.mark.django_db


def test_a_healthy_installation_is_told_so(worker, transactional_db):
    said = StringIO()

    call_command("doctor", stdout=said)

    assert "PostgreSQL answers" in said.getvalue()
    assert "Valkey answers" in said.getvalue()
    assert "Nothing has to be mended." in said.getvalue()


def test_without_a_worker_the_command_fails_and_says_what_to_start(
    settings, monkeypatch
):
    monkeypatch.setattr(doctor, "WORKER_SECONDS", 0.1)
    settings.CELERY_TASK_DEFAULT_QUEUE = "nobody-takes-this"
    said = StringIO()

    with pytest.raises(SystemExit) as exit_:
        call_command("doctor", stdout=said)

    assert exit_.value.code == 1
    assert "celery -A config worker -Q " in said.getvalue()


def test_a_migration_that_was_not_run_is_missed():
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    finding = doctor.migrations()

    assert finding.state is State.BROKEN
    assert "lacks 1 migration" in finding.says


def test_an_extension_that_is_not_there_is_named_with_the_words_to_create_it():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")

    finding = doctor.extensions()

    assert finding.state is State.BROKEN
    assert "CREATE EXTENSION pg_trgm;" in finding.advice


def test_clocks_that_differ_are_told():
    finding = doctor.clocks(now=timezone.now() - timedelta(minutes=3))

    assert finding.state is State.BROKEN
    assert "180 s apart" in finding.says


def test_an_old_redis_is_told():
    assert doctor.redis_version({"redis_version": "6.0.16"}).state is State.BROKEN
    assert doctor.redis_version({"redis_version": "7.4.1"}).state is State.FINE


def test_servers_that_do_not_answer_are_two_sentences_and_no_traceback(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    states = {
        finding.says.partition(":")[0]: finding.state
        for finding in doctor.examine(now=timezone.now())
    }

    assert states["Redis does not answer"] is State.BROKEN


def test_opened_networks_are_noticed(settings):
    settings.SOURCES_ALLOW_NETWORKS, settings.SOURCES_ALLOW_PORTS = [], []
    assert doctor.networks().state is State.FINE

    settings.SOURCES_ALLOW_PORTS = [3000]
    assert "3000" in doctor.networks().says


def test_a_full_disk_is_told(monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 10**18)

    assert doctor.disk().state is State.BROKEN


def test_weights_that_are_of_no_use_are_told(settings, tmp_path):
    settings.MODELS = tmp_path
    assert doctor.reading().state is State.FINE

    (tmp_path / "extraction.npz").write_bytes(b"damaged")

    finding = doctor.reading()
    assert finding.state is State.BROKEN
    assert "holds no weights" in finding.says


def test_weights_of_judging_that_are_of_no_use_are_told(settings, tmp_path):
    settings.MODELS = tmp_path
    assert doctor.judging().state is State.FINE

    (tmp_path / "contradiction.json").write_bytes(b"damaged")
    finding = doctor.judging()
    assert finding.state is State.BROKEN
    assert "holds no weights" in finding.says

    save(shipped(), tmp_path / "contradiction.json")
    taught = doctor.judging()
    assert taught.state is State.FINE
    assert str(sum(shipped().pairs.values())) in taught.says


@pytest.fixture
def plugged(settings):
    """A model of our own that is plugged in."""
    with Oracle() as oracle:
        settings.EXTRACTION_API_URL = oracle.terms().url.removesuffix(
            "/chat/completions"
        )
        settings.EXTRACTION_API_MODEL = "oracle-1"
        yield oracle


def test_without_a_plugged_in_model_nothing_is_said_of_one():
    assert list(doctor.plugged_in(now=timezone.now())) == []


def test_a_plugged_in_model_that_answers_is_named_with_what_it_does(plugged):
    plugged.says({"answer": "here"})

    (finding,) = doctor.plugged_in(now=timezone.now())

    assert finding.state is State.FINE
    assert "oracle-1 (extraction, matching, contradiction) answers." in finding.says


def test_a_plugged_in_model_that_refuses_the_key_is_broken_and_says_what_to_look_at(
    plugged,
):
    plugged.gives({"error": "no such key"}, status=401)

    (finding,) = doctor.plugged_in(now=timezone.now())

    assert finding.state is State.BROKEN
    assert "It refused the request" in finding.says
    assert "EXTRACTION_API_KEY" in finding.advice
