"""What a WSGI server runs: `granian --interface wsgi config.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Both need the settings.
from config.ending import when_told_to_end  # noqa: E402
from sources.wire.listening import switchboard  # noqa: E402

# A server waits for what it has begun to answer: browsers that are told what changes
# would keep it for minutes.
when_told_to_end(switchboard().stop)
