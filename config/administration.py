"""Django's admin, with this house's door. Read before any model is there."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class HouseConfig(AdminConfig):
    """Django's admin, run by `config.panel.House`."""

    default_site = "config.panel.House"
