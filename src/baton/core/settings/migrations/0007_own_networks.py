from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("settings", "0006_price_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="own_networks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="organisation",
            name="own_machines",
            field=models.JSONField(default=list),
        ),
    ]
