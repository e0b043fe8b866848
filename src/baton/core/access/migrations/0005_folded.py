from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_external_id_batch")]

    operations = [
        migrations.AddField("user", "folded", models.JSONField(null=True, blank=True)),
    ]
