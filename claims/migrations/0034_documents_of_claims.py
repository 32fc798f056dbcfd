"""Keep what readers are told of each published claim as it is sent."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0033_answers_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                ("public_since", models.DateTimeField(editable=False, null=True)),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("printed", models.PositiveIntegerField(default=0, editable=False)),
                ("changes_at", models.DateTimeField(editable=False, null=True)),
                ("by_press", models.CharField(editable=False, max_length=32)),
                ("etag", models.CharField(editable=False, max_length=100)),
                ("body", models.BinaryField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="assessment_changes_a_document",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    UPDATE claims_document SET edition = edition + 1\n    WHERE claim_id = coalesce(NEW.claim_id, OLD.claim_id);\n    RETURN NULL;\n    ",
                    hash="7a70f44737c0c55f3e3421e36db556a210bae438",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_assessment_changes_a_document_0c5a7",
                    table="claims_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="claim_changes_its_document",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."canonical_id" IS DISTINCT FROM (NEW."canonical_id") OR OLD."claimant_id" IS DISTINCT FROM (NEW."claimant_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."moved_at" IS DISTINCT FROM (NEW."moved_at") OR OLD."original_wording" IS DISTINCT FROM (NEW."original_wording") OR OLD."role_at_time" IS DISTINCT FROM (NEW."role_at_time") OR OLD."said_at" IS DISTINCT FROM (NEW."said_at") OR OLD."said_at_precision" IS DISTINCT FROM (NEW."said_at_precision") OR OLD."statement" IS DISTINCT FROM (NEW."statement") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."topics" IS DISTINCT FROM (NEW."topics") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func="\n    UPDATE claims_document SET edition = edition + 1, created_at = NEW.created_at\n    WHERE claim_id = NEW.id;\n    RETURN NULL;\n    ",
                    hash="6ad15af72319ad29655f41b1e17501338e2c063a",
                    operation="UPDATE",
                    pgid="pgtrigger_claim_changes_its_document_93b84",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimant",
            trigger=pgtrigger.compiler.Trigger(
                name="claimant_changes_documents",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name"))',
                    func="\n    UPDATE claims_document SET edition = edition + 1 FROM (\n        SELECT document.claim_id AS id FROM claims_document document\n        JOIN claims_claim c ON c.id = document.claim_id\n        WHERE c.claimant_id = NEW.id ORDER BY document.claim_id FOR UPDATE OF document\n    ) held WHERE claim_id = held.id;\n    RETURN NULL;\n    ",
                    hash="ec696fabd892d792716be26021633f32f8f55f6f",
                    operation="UPDATE",
                    pgid="pgtrigger_claimant_changes_documents_bfbf1",
                    table="claims_claimant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="review_makes_a_document",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL OR NEW."published_at" IS NOT NULL)',
                    func="\n    INSERT INTO claims_document AS document (\n        claim_id, created_at, public_since, edition, printed, by_press, etag, body\n    )\n    SELECT c.id, c.created_at, (\n        SELECT min(r.published_at) FROM claims_review r WHERE r.claim_id = c.id\n    ), 1, 0, '', '', '' FROM claims_claim c WHERE c.id = NEW.claim_id\n    ON CONFLICT (claim_id) DO UPDATE\n    SET edition = document.edition + 1, public_since = EXCLUDED.public_since;\n    UPDATE claims_document SET edition = edition + 1 WHERE claim_id IN (\n        SELECT c.id FROM claims_claim c WHERE c.canonical_id = NEW.claim_id\n    );\n    RETURN NULL;\n    ",
                    hash="3eb89786b7fd1b8eea5ccadb6ff37ecf5e5450ac",
                    operation="UPDATE",
                    pgid="pgtrigger_review_makes_a_document_73754",
                    table="claims_review",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("public_since__isnull", False)),
                fields=["-created_at", "-claim"],
                name="document_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("edition", models.F("printed")), _negated=True),
                fields=["claim"],
                name="document_stale",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("changes_at__isnull", False)),
                fields=["changes_at"],
                name="document_by_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("body", b""), ("by_press", ""), ("etag", ""), ("printed", 0)
                    ),
                    models.Q(
                        ("printed__gt", 0),
                        models.Q(("by_press", ""), _negated=True),
                        models.Q(("etag", ""), _negated=True),
                        models.Q(("body", b""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="document_is_printed_whole",
            ),
        ),
    ]
