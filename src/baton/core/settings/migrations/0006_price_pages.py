from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("settings", "0005_own_domains"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="price_pages",
            field=models.JSONField(default=list),
        ),
    ]
