from django.db import migrations, models

from baton.core.facts.publishing import batch_now


class Migration(migrations.Migration):
    dependencies = [("fields", "0003_limits")]

    operations = [
        migrations.AddField(
            "fielddefinition", "batch", models.UUIDField(null=True, default=batch_now)
        ),
    ]
