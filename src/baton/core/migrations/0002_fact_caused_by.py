from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("caused_by__isnull", False)),
                fields=["caused_by"],
                name="fact_caused_by",
            ),
        ),
    ]
