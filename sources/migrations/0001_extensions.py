"""What the database itself needs: word similarity, and accents folded."""

from django.contrib.postgres.operations import CreateExtension
from django.db import ProgrammingError, migrations


class NeededExtension(CreateExtension):
    """Says what to run where this role may not create the extension."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except ProgrammingError as exc:
            database = schema_editor.connection.settings_dict["NAME"]
            raise RuntimeError(
                f"The extension {self.name} is missing and this role may not create "
                f"it. As a superuser run: "
                f'psql -d {database} -c "CREATE EXTENSION {self.name}"'
            ) from exc


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [NeededExtension("pg_trgm"), NeededExtension("unaccent")]
