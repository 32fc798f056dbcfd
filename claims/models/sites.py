"""The site that an address leads to, as the database reads it from the address."""

from __future__ import annotations

from django.db.models import CharField, Func


class PublisherSite(Func):
    """The host of an address in small letters, without «www.»."""

    template = (
        "regexp_replace(lower(substring(%(expressions)s FROM "
        "'^https?://(?:[^/?#@]*@)?([^/:?#]+)')), '^www[.]', '')"
    )
    arity = 1
    output_field = CharField()
