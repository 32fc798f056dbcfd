"""Keep the titles apart that were there before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0017_titles_apart"),
    ]

    operations = [
        migrations.RunSQL(
            "INSERT INTO sources_title (source_id, title)"
            " SELECT id, title FROM sources_source WHERE title <> ''"
            " ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]
