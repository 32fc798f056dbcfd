"""What a WSGI server runs: `granian --interface wsgi config.wsgi:application`."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Both need the settings.
from django.urls import get_resolver  # noqa: E402

from config.ending import when_told_to_end  # noqa: E402
from sources.wire.listening import switchboard  # noqa: E402

# A server waits for what it has begun to answer: browsers that are told what changes
# would keep it for minutes.
when_told_to_end(switchboard().stop)

# What is loaded by now stays as long as the process does. The garbage collector would
# walk over all of it again and again, for a tenth of a second each time, and whoever
# had just asked for a page would wait for it.
get_resolver().url_patterns  # noqa: B018 — loads every view
gc.collect()
gc.freeze()
