from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discovery", "0002_no_repeated_index")]
    operations = [
        migrations.AddIndex(
            model_name="discovery",
            index=models.Index(
                condition=models.Q(("deal_id__isnull", False)),
                fields=["deal_id"],
                name="discovery_of_deal",
            ),
        ),
    ]
