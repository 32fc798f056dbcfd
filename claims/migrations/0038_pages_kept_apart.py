"""Keep apart the pages that only a review in the making cites, as its next ones are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0037_files_taken_in"),
        ("sources", "0020_pages_kept_apart"),
    ]

    operations = [
        migrations.RunSQL(
            # Those that came with its words. One that others brought as well was known.
            "UPDATE sources_source s SET apart_for = p.apart_for"
            " FROM sources_passage p JOIN claims_review r ON r.id = p.apart_for"
            " WHERE p.source_id = s.id AND p.added_at = s.added_at"
            " AND r.published_at IS NULL AND s.same_as_id IS NULL"
            " AND NOT EXISTS (SELECT FROM sources_passage other"
            " WHERE other.source_id = s.id"
            " AND other.apart_for IS DISTINCT FROM p.apart_for)"
            " AND NOT EXISTS (SELECT FROM sources_source alias"
            " WHERE alias.same_as_id = s.id)"
            " AND NOT EXISTS (SELECT FROM claims_article a WHERE a.source_id = s.id)",
            migrations.RunSQL.noop,
        ),
    ]
