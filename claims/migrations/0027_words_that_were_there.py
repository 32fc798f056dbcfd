"""Have vectors made of the words that were there before."""

from django.db import migrations

CLAIMS = """
INSERT INTO claims_imprint (claim_id, edition, model)
SELECT id, 1, '' FROM claims_claim ORDER BY id
ON CONFLICT DO NOTHING
"""
CHECKS = """
INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)
SELECT claim_id, id, 1, '' FROM claims_assessment WHERE url > '' ORDER BY id
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0026_words_as_vectors")]

    operations = [
        migrations.RunSQL(CLAIMS, migrations.RunSQL.noop),
        migrations.RunSQL(CHECKS, migrations.RunSQL.noop),
    ]
