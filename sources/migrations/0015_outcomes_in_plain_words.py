"""Call what a look found in words that people say; what is stored stays."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0014_hosts_in_turn")]

    operations = [
        migrations.AlterField(
            model_name="check",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("unchanged", "Unchanged"),
                    ("changed", "Changed"),
                    ("moved", "Moved"),
                    ("blocked", "Blocked"),
                    ("robots", "Kept out by robots.txt"),
                    ("failing", "Failing"),
                    ("gone", "Gone"),
                    ("soft_gone", "Not there, though it answers"),
                    ("unsupported", "Cannot be read here"),
                    ("refused", "Refused"),
                ],
                max_length=20,
            ),
        ),
    ]
