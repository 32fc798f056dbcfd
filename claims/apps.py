from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What was said, and what was found; cites sources."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Call models and columns as people do, before forms are made of them."""
        from claims.models import names  # noqa: PLC0415 — models are there only now

        names.give(self.get_models())
