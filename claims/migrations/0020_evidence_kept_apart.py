"""Keep apart what only a review in the making cites, as its next citations are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0019_heaps_are_indexed"),
        ("sources", "0019_passages_kept_apart"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE sources_passage p SET apart_for = c.review_id"
            " FROM claims_citation c JOIN claims_review r ON r.id = c.review_id"
            " WHERE c.passage_id = p.id AND r.published_at IS NULL"
            " AND NOT EXISTS (SELECT FROM claims_citation other"
            " WHERE other.passage_id = p.id"
            " AND other.review_id IS DISTINCT FROM c.review_id)",
            migrations.RunSQL.noop,
        ),
    ]
