"""Let one and the same words be watched apart from everybody else's."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0018_titles_that_were_there"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="passage",
            name="passage_watched_once",
        ),
        migrations.AddField(
            model_name="passage",
            name="apart_for",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                condition=models.Q(("apart_for__isnull", False)),
                fields=["apart_for"],
                name="passage_kept_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                models.F("source"),
                django.db.models.functions.text.MD5("exact"),
                django.db.models.functions.text.MD5("prefix"),
                django.db.models.functions.text.MD5("suffix"),
                models.F("apart_for"),
                name="passage_watched_once",
                nulls_distinct=False,
            ),
        ),
    ]
