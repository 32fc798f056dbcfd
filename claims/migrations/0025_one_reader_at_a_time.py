"""An article says until when a worker is reading it, so that no second one begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0024_claims_of_a_claimant")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="reading_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
