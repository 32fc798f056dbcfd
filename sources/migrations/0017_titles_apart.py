"""Keep titles in rows of their own, for looking them up."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0016_facts_beside_sentences'),
    ]

    operations = [
        migrations.CreateModel(
            name='Title',
            fields=[
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='sources.source')),
                ('title', models.CharField(max_length=500)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='title_is_kept_apart', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."title" = \'\'))', func='\nINSERT INTO sources_title (source_id, title) VALUES (NEW.id, NEW.title)\nON CONFLICT (source_id) DO UPDATE SET title = EXCLUDED.title;\nRETURN NULL;\n', hash='49fb0af6d7fc77294a0c65058656b04ab9d56349', operation='INSERT', pgid='pgtrigger_title_is_kept_apart_438bd', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='new_title_is_kept_apart', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."title" IS DISTINCT FROM (NEW."title"))', func='\nINSERT INTO sources_title (source_id, title) VALUES (NEW.id, NEW.title)\nON CONFLICT (source_id) DO UPDATE SET title = EXCLUDED.title;\nRETURN NULL;\n', hash='980fa9794af7f1efeec71cc3b87539f1f313a3c4', operation='UPDATE', pgid='pgtrigger_new_title_is_kept_apart_f0461', table='sources_source', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='title',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), name='gin_trgm_ops'), name='title_trigrams'),
        ),
    ]
