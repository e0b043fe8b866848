from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("deals", "0004_words")]

    operations = [
        migrations.AddField(
            model_name="pipeline",
            name="source",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="pipeline",
            constraint=models.UniqueConstraint(
                Lower("name"),
                "source",
                condition=models.Q(("deleted_at", None), models.Q(("source", ""), _negated=True)),
                name="pipeline_imported_once",
            ),
        ),
    ]
