from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('until', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='inboundevent',
            name='attempts',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='inboundevent',
            name='retry_at',
            field=models.DateTimeField(null=True),
        ),
    ]
