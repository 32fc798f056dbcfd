from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_groups")]

    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                name="review_current_newest",
                fields=["-published_at", "-id"],
                condition=models.Q(
                    ("published_at__isnull", False), ("valid_to", None)
                ),
            ),
        ),
    ]
