from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handoff", "0010_no_repeated_index"),
        ("people", "0012_words_without_stress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="handoff",
            name="told_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["state", "accept_due_at"],
                name="handoff_answer_clock",
            ),
        ),
    ]
