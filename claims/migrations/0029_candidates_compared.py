"""Candidates say which claim a plugged-in model takes them for a repeat of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0028_sites_of_fact_checks")]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="compared_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="candidate",
            name="compared_by",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="candidate",
            name="compared_why_not",
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
        migrations.AddField(
            model_name="candidate",
            name="repeats",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="claims.claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("compared_by", ""), ("compared_why_not", ""), ("repeats", None)
                    ),
                    models.Q(
                        ("compared_at__isnull", False),
                        models.Q(("compared_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="candidate_is_compared_by_somebody",
            ),
        ),
    ]
