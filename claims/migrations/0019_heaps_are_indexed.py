"""Find what waits, for whom and since when, without reading what does not."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_leases_of_each_person"),
        ("sources", "0016_facts_beside_sentences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["id"],
                name="article_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("state", "proposed")),
                fields=["article"],
                name="candidate_open",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["due_at", "id"], name="claim_by_due"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "new",
                            "in_review",
                            "second_review",
                            "arbitration",
                            "recheck",
                            "correcting",
                        ),
                    )
                ),
                fields=["assigned_to", "due_at", "id"],
                include=("status",),
                name="claim_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", False)),
                fields=["submitted_at"],
                include=("written_by", "created_at"),
                name="review_handed_in",
            ),
        ),
    ]
