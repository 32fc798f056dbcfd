"""The groups that carry the roles of claims/access.py."""

from django.db import migrations

GROUPS = ("reader", "contributor", "reviewer", "editor", "admin")


def create_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_claims"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    # Backwards they stay: people may be in them.
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
