from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signin", "0002_second_step"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondStepRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_of", models.CharField(blank=True, max_length=20)),
                ("asked_from", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="one_second_step_rule"
                    )
                ],
            },
        ),
    ]
