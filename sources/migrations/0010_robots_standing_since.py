import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0009_pages_under_two_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='robots',
            name='standing_since',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
