import django.utils.timezone
from django.db import migrations, models

import baton.core.keys


def roles() -> "models.JSONField":
    return models.JSONField(blank=True, default=list)


class Migration(migrations.Migration):
    dependencies = [("fields", "0002_own_fields")]

    operations = [
        migrations.AddField("fielddefinition", "hidden_for", roles()),
        migrations.CreateModel(
            name="FieldLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(default=baton.core.keys.new_key, editable=False, unique=True),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("object_type", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("hidden_for", roles()),
                ("read_only_for", roles()),
                ("required_for", roles()),
            ],
        ),
        migrations.AddConstraint(
            "fieldlimit",
            models.UniqueConstraint(fields=["object_type", "name"], name="field_limit_once"),
        ),
    ]
