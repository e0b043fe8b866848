from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0004_about_campaigns")]

    operations = [
        migrations.CreateModel(
            name="ForeignId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("external_id", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("object_id", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "external_id"), name="timeline_foreign_id_once"
                    )
                ],
            },
        ),
    ]
