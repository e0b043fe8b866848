"""Answers are kept as they were sent, and sent again without being read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]
    operations = [migrations.AlterField("IdempotencyKey", "body", models.TextField(default=""))]
