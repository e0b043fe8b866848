from django.db import migrations, models

import baton.core.whence


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="way",
            field=models.CharField(default=baton.core.whence.way_now, max_length=10, null=True),
        ),
        migrations.AddField(
            model_name="change",
            name="way_name",
            field=models.CharField(default=baton.core.whence.name_now, max_length=80, null=True),
        ),
        migrations.AddField(
            model_name="change",
            name="ip",
            field=models.CharField(default=baton.core.whence.ip_now, max_length=45, null=True),
        ),
    ]
