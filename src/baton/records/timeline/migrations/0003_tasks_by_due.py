from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_drafts")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["due_at", "id"], name="task_by_due"),
        ),
    ]
