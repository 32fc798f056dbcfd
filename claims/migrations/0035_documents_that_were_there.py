"""Have documents printed of the claims that were published before."""

from django.db import migrations

CLAIMS = """
INSERT INTO claims_document
    (claim_id, created_at, public_since, edition, printed, by_press, etag, body)
SELECT c.id, c.created_at, min(r.published_at), 1, 0, '', '', ''
FROM claims_claim c JOIN claims_review r ON r.claim_id = c.id
WHERE r.published_at IS NOT NULL
GROUP BY c.id ORDER BY c.id
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0034_documents_of_claims")]

    operations = [migrations.RunSQL(CLAIMS, migrations.RunSQL.noop)]
