from django.db import migrations


def part(apps, schema_editor):
    """Make of each draft with several forms in it one for each form."""
    drafts = apps.get_model("claims", "Draft")._default_manager
    for whole in drafts.filter(form="").iterator():
        for form, fields in whole.fields.items():
            drafts.create(
                claim_id=whole.claim_id,
                author_id=whole.author_id,
                form=form,
                fields=fields,
                saved_at=whole.saved_at,
            )
        whole.delete()


def join(apps, schema_editor):
    """Put them together again; those of no claim have no place there."""
    drafts = apps.get_model("claims", "Draft")._default_manager
    drafts.filter(claim=None).delete()
    for each in drafts.exclude(form="").order_by("saved_at").iterator():
        whole, _ = drafts.get_or_create(
            claim_id=each.claim_id,
            author_id=each.author_id,
            form="",
            defaults={"saved_at": each.saved_at},
        )
        whole.fields = whole.fields | {each.form: each.fields}
        whole.saved_at = each.saved_at
        whole.save()
        each.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_drafts_of_each_form"),
    ]

    operations = [
        migrations.RunPython(part, join),
    ]
