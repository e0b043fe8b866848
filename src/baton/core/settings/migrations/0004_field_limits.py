from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settings", "0003_longer_country")]

    operations = [
        migrations.AddField("organisation", "field_limits", models.JSONField(default=dict)),
    ]
