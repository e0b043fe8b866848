from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0006_pinned_entries")]

    operations = [
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["company"],
                condition=models.Q(company__isnull=False),
                name="task_of_company",
            ),
        ),
    ]
