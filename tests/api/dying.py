"""
A web server that is killed in the middle of a request; run by test_once.py.

It serves the project on a free port, which it prints, and kills itself with SIGKILL
where it is told to: `after` the change is committed and before a byte of the answer is
sent, or `before` the commit, when the answer is being kept.
"""

import os
import signal
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from config.wsgi import application

from claims.models import KeptAnswer  # isort: skip  # there are none before that


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def dies_after(environ, start_response):
    application(environ, lambda *_: None)
    die()


def dies_before(environ, start_response):
    KeptAnswer.objects.create = lambda **_: die()
    return application(environ, start_response)


if __name__ == "__main__":
    dying = {"after": dies_after, "before": dies_before}[sys.argv[1]]
    with make_server("127.0.0.1", 0, dying, handler_class=Quiet) as server:
        print(server.server_port, flush=True)
        server.handle_request()
