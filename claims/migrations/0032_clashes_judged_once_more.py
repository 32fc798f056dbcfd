"""Clashes say what a plugged-in model makes of them."""

from django.db import migrations, models
from django.db.models import Q

from claims.vocabulary import WhyNot


class Migration(migrations.Migration):
    dependencies = [("claims", "0031_outbox_and_webhooks")]

    operations = [
        migrations.AddField(
            model_name="clash",
            name="judged_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="clash",
            name="judged_by",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="clash",
            name="judged_why_not",
            field=models.CharField(
                blank=True, choices=WhyNot.choices, editable=False, max_length=20
            ),
        ),
        migrations.AddConstraint(
            model_name="clash",
            constraint=models.CheckConstraint(
                name="clash_is_judged_by_somebody",
                condition=Q(judged_by="", judged_why_not="")
                | Q(judged_at__isnull=False) & ~Q(judged_by=""),
            ),
        ),
    ]
