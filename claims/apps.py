from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What was said, and what was found; cites sources."""

    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"
