"""The order in which visits are proposed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0004_agenda")]
    operations = [
        migrations.AddField("healthcareservice", "position", models.PositiveIntegerField(default=0)),
    ]
