from django.db import migrations, models

from baton.core.facts.publishing import batch_now


class Migration(migrations.Migration):
    dependencies = [("people", "0006_company_stage")]

    operations = [
        migrations.AddField("consent", "batch", models.UUIDField(null=True, default=batch_now)),
        migrations.AddField("tag", "batch", models.UUIDField(null=True, default=batch_now)),
    ]
