"""Let one and the same page be looked at apart from everybody else's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0019_passages_kept_apart"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="source",
            name="source_once_for_each_address",
        ),
        migrations.AddField(
            model_name="source",
            name="apart_for",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("apart_for__isnull", False)),
                fields=["apart_for"],
                name="source_kept_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("canonical_url", "apart_for"),
                name="source_once_for_each_address",
                nulls_distinct=False,
            ),
        ),
    ]
