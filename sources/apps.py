from django.apps import AppConfig

from sources import saying, wording


class SourcesConfig(AppConfig):
    """Pages that can be cited; knows nothing of claims."""

    name = "sources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have sentences worded for whoever reads them."""
        saying.word_by(wording.worded)
