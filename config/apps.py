from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The project itself: wires the two apps together, holds no rules."""

    name = "config"
