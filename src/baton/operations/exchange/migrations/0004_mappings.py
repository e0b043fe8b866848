from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_uploads")]

    operations = [
        migrations.AddField("import", "mapping", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="KeptMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("header", models.CharField(max_length=64, unique=True)),
                ("source", models.CharField(max_length=40)),
                ("chosen", models.JSONField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
    ]
