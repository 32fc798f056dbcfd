from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What was said, and what was found; cites sources."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Call models and columns as people do, before forms are made of them."""
        # The models are there only now.
        from claims.models.names import COLUMNS, MODELS  # noqa: PLC0415
        from sources.models.names import give  # noqa: PLC0415

        give(self.get_models(), kinds=MODELS, columns=COLUMNS)
