"""Keep what belongs into a sentence beside it, so that it can be worded when shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0015_outcomes_in_plain_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="check",
            name="facts",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
            ),
        ),
        migrations.AddField(
            model_name="host",
            name="pause_facts",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
            ),
        ),
    ]
