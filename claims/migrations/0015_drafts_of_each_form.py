import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_saved_views"),
    ]

    operations = [
        migrations.RemoveConstraint("Draft", "draft_one_for_each_reviewer"),
        migrations.AlterField(
            "Draft",
            "claim",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            "Draft", "form", models.CharField(default="", max_length=60)
        ),
        migrations.AddField(
            "Draft", "page", models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.AddField("Draft", "earlier", models.JSONField(default=dict)),
        migrations.AddField(
            "Draft", "edition", models.PositiveIntegerField(default=1)
        ),
    ]
