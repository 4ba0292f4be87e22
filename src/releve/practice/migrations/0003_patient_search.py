"""The words that patients' files are found under, for those that exist already too; how long people wait."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from releve.practice.rules import kept_words

AT_ONCE = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    patient, word = apps.get_model("practice", "Patient"), apps.get_model("practice", "PatientWord")
    rows = []
    for p in patient.objects.order_by("id").iterator():
        found = sorted(kept_words([(p.given, p.family, p.phone, p.email)]))
        rows += [word(organization_id=p.organization_id, patient_id=p.pk, word=w.encode()) for w in found]
        if len(rows) >= AT_ONCE:
            word.objects.bulk_create(rows)
            rows.clear()
    word.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0002_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatientWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.BinaryField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="practice.organization"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="practice.patient"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "word", "patient"], name="patient_word")],
            },
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="joined_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="left_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="left_why",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
