from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('post', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='timer',
            name='attempts',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='timer',
            name='retry_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='outgoing',
            name='send_after',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['send_after', 'id'], name='outgoing_waiting'),
        ),
    ]
