"""The containers of compose.yaml, as far as that shows without starting them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

PROJECT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"]
# In the order in which the operator is told of them.
GIVEN = {
    "COUNTERCLAIM_SECRET_KEY": "for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz-!",
    "COUNTERCLAIM_SITE_URL": "https://claims.example.org",
    "COUNTERCLAIM_ALLOWED_HOSTS": "claims.example.org",
    "POSTGRES_PASSWORD": "abc123",
}


def environment_of(name):
    return {
        variable: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda asked: GIVEN[asked[1]], value)
        for variable, value in SERVICES[name]["environment"].items()
    }


def queues_in(text):
    lists = re.findall(r"celery -A config worker\b.*?-Q ([a-z,]+)", text)
    return {queue for each in lists for queue in each.split(",")}


def test_each_queue_has_a_worker():
    commands = "\n".join(str(service.get("command")) for service in SERVICES.values())

    assert queues_in(commands) == settings.WORKER_QUEUES
    assert queues_in((PROJECT / "README.md").read_text()) == settings.WORKER_QUEUES


@pytest.mark.parametrize("name", ["web", "worker"])  # the others are as the second
def test_what_a_container_is_given_is_all_that_it_needs(name):
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment_of(name)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_each_variable_that_has_to_be_given_is_told_at_the_top():
    text = (PROJECT / "compose.yaml").read_text()
    head = text.partition("\nx-counterclaim")[0]

    asked = set(re.findall(r"\$\{(\w+)", text))

    assert (
        set(re.findall(r"^#     ([A-Z_]+)", head, re.MULTILINE)) == asked == set(GIVEN)
    )


def test_the_image_holds_what_it_is_made_from():
    image = (PROJECT / "Dockerfile").read_text()
    ignored = (PROJECT / ".dockerignore").read_text()

    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", image, re.MULTILINE):
        for path in line.split():
            assert (PROJECT / path).exists()
            assert f"!{path.partition('/')[0]}\n" in ignored


def test_the_web_is_asked_whether_it_is_well_as_its_proxy_asks():
    _, python, flag, program = SERVICES["web"]["healthcheck"]["test"]

    assert (python, flag) == ("python", "-c")
    compile(program, "healthcheck", "exec")
    assert environment_of("web")["COUNTERCLAIM_SITE_URL"].endswith(
        environment_of("web")["COUNTERCLAIM_ALLOWED_HOSTS"]
    )
