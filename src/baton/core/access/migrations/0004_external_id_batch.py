from django.db import migrations, models

from baton.core.facts.publishing import batch_now


class Migration(migrations.Migration):
    dependencies = [("access", "0003_longer_country")]

    operations = [
        migrations.AddField(
            "userexternalid", "batch", models.UUIDField(null=True, default=batch_now)
        ),
    ]
