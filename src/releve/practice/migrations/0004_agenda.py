"""What an agenda needs: rooms and devices, limits a day, group visits, absences, calendars kept elsewhere."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from releve.practice import exclusion


def say_what_for(apps: Any, schema_editor: Any) -> None:
    """Time taken before now says for which visit."""
    taken, appointment = apps.get_model("practice", "Allocation"), apps.get_model("practice", "Appointment")
    visit = appointment.objects.filter(pk=models.OuterRef("appointment")).values("service")
    taken.objects.exclude(appointment=None).update(service=models.Subquery(visit))


class Migration(migrations.Migration):

    dependencies = [
        ('practice', '0003_patient_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='allocation',
            name='capacity',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='allocation',
            name='first_visit',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='allocation',
            name='service',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='practice.healthcareservice'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='first_visit',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='appointment',
            name='overbooking',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='appointment',
            name='series',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='buffer_after_min',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='buffer_before_min',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='capacity',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='horizon_days',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='max_age',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='min_age',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='min_notice_min',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='needs',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='step_min',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='teleconsultation',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='healthcareservice',
            name='urgent',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='offer',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='made_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='organization',
            name='school_zone',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='organization',
            name='territory',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='elsewhere',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='schedule',
            name='limits',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='waitinglistentry',
            name='cause',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='waitinglistentry',
            name='priority',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='waitinglistentry',
            name='priority_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='practitioner',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='practice.practitioner'),
        ),
        migrations.CreateModel(
            name='AgendaKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('with_names', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.practitioner')),
            ],
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.TextField()),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('modified', models.CharField(blank=True, max_length=100)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('read_at', models.DateTimeField(null=True)),
                ('tried_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.organization')),
                ('schedule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='practice.schedule')),
            ],
        ),
        migrations.CreateModel(
            name='BusyTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('uid', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('removed_at', models.DateTimeField(null=True)),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='busy', to='practice.schedule')),
                ('feed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='practice.feed')),
            ],
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(default='room', max_length=8)),
                ('family', models.CharField(max_length=100)),
                ('active', models.BooleanField(default=True)),
                ('location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='practice.location')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.organization')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='schedule',
            name='resource',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='practice.resource'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('practitioner__isnull', False), ('resource', None)), models.Q(('practitioner', None), ('resource__isnull', False)), _connector='OR'), name='schedule_of_one'),
        ),
        migrations.AddIndex(
            model_name='busytime',
            index=models.Index(fields=['schedule', 'end', 'start'], name='practice_bu_schedul_a68d58_idx'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='busy_time_lasts'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.UniqueConstraint(fields=('feed', 'uid', 'start'), name='busy_time_once'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.UniqueConstraint(fields=('organization', 'identifier'), name='resource_identifier'),
        ),
        migrations.RunPython(exclusion.renew, migrations.RunPython.noop),
        migrations.RunPython(say_what_for, migrations.RunPython.noop),
    ]
