from django.db import migrations, models


def _json(kind: type) -> models.JSONField:
    return models.JSONField(default=kind)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_exports")]

    operations = [
        migrations.AddField("import", "is_uploaded", models.BooleanField(default=False)),
        migrations.AddField("import", "zone", models.CharField(blank=True, max_length=64)),
        migrations.AddField("import", "total", models.PositiveIntegerField(default=0)),
        migrations.AddField("import", "done", models.PositiveIntegerField(default=0)),
        migrations.AddField("import", "report", _json(dict)),
        migrations.AddField("import", "refusal", models.TextField(blank=True)),
    ]
