from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0005_foreign_entries")]

    operations = [
        migrations.AddField("note", "pinned_at", models.DateTimeField(null=True)),
        migrations.AddField("activity", "pinned_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "note",
            models.Index(
                fields=["pinned_at"],
                condition=models.Q(pinned_at__isnull=False),
                name="note_pinned",
            ),
        ),
        migrations.AddIndex(
            "activity",
            models.Index(
                fields=["pinned_at"],
                condition=models.Q(pinned_at__isnull=False),
                name="activity_pinned",
            ),
        ),
    ]
