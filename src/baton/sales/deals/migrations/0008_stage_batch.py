from django.db import migrations, models

from baton.core.facts.publishing import batch_now


class Migration(migrations.Migration):
    dependencies = [("deals", "0007_deal_opened")]

    operations = [
        migrations.AddField("stage", "batch", models.UUIDField(null=True, default=batch_now)),
    ]
