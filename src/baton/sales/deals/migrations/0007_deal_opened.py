from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0006_deal_orders"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["stage", "opened_at"], name="deal_opened"),
        ),
    ]
