"""Articles say who read them, and why it was not the plugged-in model."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_plugged_in_model")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="model",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="article",
            name="parts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="article",
            name="parts_read",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="article",
            name="reader",
            field=models.CharField(
                choices=[("built_in", "Built in"), ("endpoint", "Plugged in")],
                default="built_in",
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="thrown_away",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="article",
            name="why_not",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unreachable", "It could not be reached."),
                    ("late", "It did not answer in time."),
                    ("busy", "It asked to be left alone for a while."),
                    ("failed", "It answered that something went wrong there."),
                    (
                        "refused",
                        "It refused the request: the key, the model or the address.",
                    ),
                    (
                        "astray",
                        "It sent us on to another address, which is not followed.",
                    ),
                    ("rubbish", "Its answer was not of the form that was asked for."),
                    ("too_large", "Its answer was larger than is read."),
                    ("not_there", "Nothing of what it proposed stands in the text."),
                    ("too_long", "The text is longer than it is given."),
                    ("budget", "What it may be asked in a day is used up."),
                    ("paused", "It failed just before and is left alone for a while."),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("model", ""), ("reader", "built_in"), ("why_not", "")),
                    models.Q(
                        ("reader", "built_in"),
                        models.Q(("model", ""), _negated=True),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    models.Q(
                        ("reader", "endpoint"),
                        ("why_not", ""),
                        models.Q(("model", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="article_reader_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts_read__lte", models.F("parts"))),
                name="article_parts_are_counted",
            ),
        ),
    ]
