from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Pages that can be cited; knows nothing of claims."""

    name = "sources"
    default_auto_field = "django.db.models.BigAutoField"
