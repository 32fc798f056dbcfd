"""Count a claimant's claims and verdicts from two indexes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0023_set_aside_grounds_nothing")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["claimant", "id"], name="claim_of_claimant"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["claim"],
                include=("published_at", "valid_to", "verdict"),
                name="review_of_claim",
            ),
        ),
    ]
