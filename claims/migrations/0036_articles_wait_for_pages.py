"""Let an article wait for its page, and be the same as another one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0035_documents_that_were_there'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='article',
            name='article_has_text',
        ),
        migrations.AddField(
            model_name='article',
            name='same_as',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.article'),
        ),
        migrations.AlterField(
            model_name='article',
            name='text_sha256',
            field=models.CharField(editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('text__regex', '^\\s*$'), _negated=True), models.Q(('text_sha256', ''), _negated=True)), models.Q(('source__isnull', False), ('text', ''), ('text_sha256', ''), models.Q(('read_at', None), ('same_as__isnull', False), _connector='OR')), _connector='OR'), name='article_has_text'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('same_as', None), models.Q(('text', ''), models.Q(('same_as', models.F('id')), _negated=True)), _connector='OR'), name='article_is_same_as_another'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('text_sha256', ''), _negated=True), fields=('text_sha256',), name='article_text_is_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('read_at', None), ('text_sha256', '')), fields=('source',), name='article_waits_once_for_its_page'),
        ),
    ]
