"""Keep what claims and published fact-checks say as vectors, too."""

from importlib import import_module

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models

NeededExtension = import_module("sources.migrations.0001_extensions").NeededExtension


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0025_one_reader_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NeededExtension("vector"),
        migrations.CreateModel(
            name="Imprint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("vector", pgvector.django.halfvec.HalfVectorField(null=True)),
                ("model", models.CharField(blank=True, default="", max_length=100)),
                ("dimension", models.PositiveSmallIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="assessment",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector(
                    "statement", config="english"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("url__gt", "")),
                fields=["search"],
                name="assessment_words_of_checks",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="check_is_to_be_imprinted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"url\" > '')",
                    func="\n    INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)\n    VALUES (NEW.claim_id, NEW.id, 1, '');\n    RETURN NULL;\n    ",
                    hash="7638ef69bb1beb1e49743e4f2feee83dc720beda",
                    operation="INSERT",
                    pgid="pgtrigger_check_is_to_be_imprinted_42607",
                    table="claims_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="check_reworded_is_imprinted_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."statement" IS DISTINCT FROM (NEW."statement") OR OLD."url" IS DISTINCT FROM (NEW."url"))',
                    func="\n    IF NEW.url = '' THEN\n        DELETE FROM claims_imprint WHERE assessment_id = NEW.id;\n    ELSE\n        INSERT INTO claims_imprint (claim_id, assessment_id, edition, model)\n        VALUES (NEW.claim_id, NEW.id, 1, '')\n        ON CONFLICT (assessment_id) DO UPDATE\n        SET edition = claims_imprint.edition + 1,\n            vector = NULL, model = '', dimension = NULL;\n    END IF;\n    RETURN NULL;\n    ",
                    hash="9fd0426ab953527605c0e266da006b34c75e04bc",
                    operation="UPDATE",
                    pgid="pgtrigger_check_reworded_is_imprinted_anew_8459d",
                    table="claims_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="claim_is_to_be_imprinted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_imprint (claim_id, edition, model) VALUES (NEW.id, 1, '');\n    RETURN NULL;\n    ",
                    hash="79ec539aef29ab4a84e03ba234914f61b4a447cb",
                    operation="INSERT",
                    pgid="pgtrigger_claim_is_to_be_imprinted_a0b03",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="claim_reworded_is_imprinted_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."statement" IS DISTINCT FROM (NEW."statement"))',
                    func="\n    UPDATE claims_imprint\n    SET edition = edition + 1, vector = NULL, model = '', dimension = NULL\n    WHERE claim_id = NEW.id AND assessment_id IS NULL;\n    RETURN NULL;\n    ",
                    hash="b1f6a2e0ffedb45222e6a033c366d1c39e586b94",
                    operation="UPDATE",
                    pgid="pgtrigger_claim_reworded_is_imprinted_anew_ab15b",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="imprint",
            name="assessment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="imprint",
                to="claims.assessment",
            ),
        ),
        migrations.AddField(
            model_name="imprint",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="imprints",
                to="claims.claim",
            ),
        ),
        migrations.AddIndex(
            model_name="imprint",
            index=models.Index(
                condition=models.Q(("vector", None)), fields=["id"], name="imprint_due"
            ),
        ),
        migrations.AddIndex(
            model_name="imprint",
            index=pgvector.django.indexes.HnswIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.comparison.Cast(
                        "vector",
                        pgvector.django.halfvec.HalfVectorField(dimensions=384),
                    ),
                    name="halfvec_ip_ops",
                ),
                condition=models.Q(("model", "all-MiniLM-L6-v2-onnx-int8")),
                name="imprint_nearest",
            ),
        ),
        migrations.AddConstraint(
            model_name="imprint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("assessment", None)),
                fields=("claim",),
                name="imprint_one_for_each_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="imprint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dimension", None), ("model", ""), ("vector", None)),
                    models.Q(
                        ("dimension__isnull", False),
                        ("vector__isnull", False),
                        models.Q(("model", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="imprint_vector_is_whole_or_empty",
            ),
        ),
    ]
