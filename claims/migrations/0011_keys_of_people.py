"""The keys that people chose for themselves at the desk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("claims", "0010_publications_can_be_undone"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyChoice",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("are_on", models.BooleanField(default=True)),
                ("keys", models.JSONField(default=dict)),
            ],
        ),
    ]
