from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_batches")]

    operations = [
        migrations.AddIndex(
            "company",
            models.Index(
                fields=["parent", "sort_key", "id"],
                name="company_within",
                condition=models.Q(parent__isnull=False),
            ),
        ),
    ]
