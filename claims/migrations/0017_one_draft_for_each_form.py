from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_drafts_are_parted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("Draft", "form", models.CharField(max_length=60)),
        migrations.AlterField(
            "Draft", "page", models.CharField(blank=True, max_length=40)
        ),
        migrations.AddConstraint(
            "Draft",
            models.UniqueConstraint(
                name="draft_one_for_each_form",
                fields=["author", "claim", "form"],
                nulls_distinct=False,
            ),
        ),
    ]
