"""How many places somebody of the waiting list said yes to and did not get."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0006_early_reminder")]
    operations = [
        migrations.AddField("waitinglistentry", "missed", models.PositiveSmallIntegerField(default=0)),
    ]
