"""Keep which statements the machine holds against each other."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0029_candidates_compared'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clash',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('words', models.JSONField(default=list)),
                ('strength', models.FloatField()),
                ('reversal', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_is_to_be_compared', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_comparison (claim_id) VALUES (NEW.id);\n    RETURN NULL;\n    ', hash='1fcf48169757b39c54d3d73f0f3f6969dbdca7f6', operation='INSERT', pgid='pgtrigger_claim_is_to_be_compared_f86e4', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_reworded_is_compared_anew', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."claimant_id" IS DISTINCT FROM (NEW."claimant_id") OR OLD."statement" IS DISTINCT FROM (NEW."statement"))', func='\n    INSERT INTO claims_comparison (claim_id) VALUES (NEW.id)\n    ON CONFLICT (claim_id) DO UPDATE SET attempts = 0;\n    RETURN NULL;\n    ', hash='af38307154d94d1deb4912302341a54c4ece3ed4', operation='UPDATE', pgid='pgtrigger_claim_reworded_is_compared_anew_cebec', table='claims_claim', when='AFTER')),
        ),
        migrations.AddField(
            model_name='clash',
            name='against',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clashes', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='clash',
            name='against_candidate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clashes', to='claims.candidate'),
        ),
        migrations.AddField(
            model_name='clash',
            name='assessment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='clash', to='claims.assessment'),
        ),
        migrations.AddField(
            model_name='clash',
            name='candidate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clashes_with', to='claims.candidate'),
        ),
        migrations.AddField(
            model_name='clash',
            name='claim',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clashes_with', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='comparison',
            name='article',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comparison', to='claims.article'),
        ),
        migrations.AddField(
            model_name='comparison',
            name='claim',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comparison', to='claims.claim'),
        ),
        migrations.AddConstraint(
            model_name='clash',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('candidate', None), ('claim__isnull', False)), models.Q(('candidate__isnull', False), ('claim', None)), _connector='OR'), models.Q(models.Q(('against__isnull', False), ('against_candidate', None)), models.Q(('against', None), ('against_candidate__isnull', False)), _connector='OR')), name='clash_is_of_two_statements'),
        ),
        migrations.AddConstraint(
            model_name='clash',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim', models.F('against')), _negated=True), models.Q(('candidate', models.F('against_candidate')), _negated=True)), name='clash_is_with_another'),
        ),
        migrations.AddConstraint(
            model_name='clash',
            constraint=models.UniqueConstraint(fields=('claim', 'candidate', 'against', 'against_candidate'), name='clash_once_for_each_pair', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article', None), ('claim__isnull', False)), models.Q(('article__isnull', False), ('claim', None)), _connector='OR'), name='comparison_is_of_claim_or_article'),
        ),
    ]
