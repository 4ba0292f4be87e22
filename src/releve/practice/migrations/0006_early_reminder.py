"""How many days ahead a first reminder leaves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0005_visit_order")]
    operations = [
        migrations.AddField("organization", "early_reminder_days", models.PositiveSmallIntegerField(default=0)),
    ]
