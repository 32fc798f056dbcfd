"""What a plugged-in model may cost in a day, when it is left alone, what it answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_evidence_kept_apart")]

    operations = [
        migrations.CreateModel(
            name="EndpointAnswer",
            fields=[
                (
                    "name",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("content", models.TextField()),
                ("used_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="EndpointDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("requests", models.PositiveIntegerField(default=0)),
                ("tokens", models.PositiveBigIntegerField(default=0)),
                ("remembered", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("thrown_away", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="EndpointPause",
            fields=[
                (
                    "name",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                (
                    "why",
                    models.CharField(
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
                            (
                                "rubbish",
                                "Its answer was not of the form that was asked for.",
                            ),
                            ("too_large", "Its answer was larger than is read."),
                            (
                                "not_there",
                                "Nothing of what it proposed stands in the text.",
                            ),
                            ("too_long", "The text is longer than it is given."),
                            ("budget", "What it may be asked in a day is used up."),
                            (
                                "paused",
                                "It failed just before and is left alone for a while.",
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("until", models.DateTimeField(null=True)),
                ("plain", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddIndex(
            model_name="endpointanswer",
            index=models.Index(fields=["used_at"], name="endpoint_answer_used"),
        ),
        migrations.AddConstraint(
            model_name="endpointpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="endpoint_pause_has_a_reason",
            ),
        ),
    ]
