from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sources import saying, wording


class SourcesConfig(AppConfig):
    """Pages that can be cited; knows nothing of claims."""

    name = "sources"
    verbose_name = _("Sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have sentences worded for whoever reads them, and columns called by name."""
        from sources.models import names  # noqa: PLC0415 — models are there only now

        saying.word_by(wording.worded)
        names.give(self.get_models(), kinds=names.MODELS, columns=names.COLUMNS)
