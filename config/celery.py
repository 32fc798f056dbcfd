"""The Celery application: `celery -A config worker`, `celery -A config beat`."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task, bootsteps
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections, connections

from sources.wire import pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("counterclaim")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Pulse(bootsteps.StartStopStep):
    """Says every few seconds that a worker is there, and which queues it takes."""

    requires = ("celery.worker.components:Timer",)

    # Any: a worker has no types.
    def start(self, worker: Any) -> None:
        queues = worker.app.amqp.queues

        def beat() -> None:  # an operator may give a running worker other queues
            pulse.beat(queues.consume_from)

        every = pulse.EVERY.total_seconds()
        self._next = worker.timer.call_repeatedly(every, beat)

    def stop(self, worker: Any) -> None:
        self._next.cancel()


app.steps["worker"].add(Pulse)

_KEPT_SECONDS = 600


@worker_process_init.connect
def keep_connections(**_: object) -> None:
    """
    Let a worker's connections to the database outlive its tasks.

    A new one is a new process there, that has to learn what tables there are: a quarter
    of what PostgreSQL did for a check, a third of it for a page that is read (2026-11).
    A pool keeps its connections itself.
    """
    for connection in connections.all():
        if not connection.settings_dict["OPTIONS"].get("pool"):
            connection.settings_dict["CONN_MAX_AGE"] = _KEPT_SECONDS


@task_prerun.connect
def drop_dead_connections(task: Task[Any, Any], **_: object) -> None:
    """Have a connection that broke since, or grew old, made anew."""
    if not task.request.is_eager:
        close_old_connections()
