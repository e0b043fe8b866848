import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0010_deal_score"),
        ("people", "0010_campaigns_and_trash"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=20)),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="deals.deal",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deal_parts",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["deal", "role"], name="deal_roles")],
                "constraints": [
                    models.UniqueConstraint(fields=("deal", "person"), name="deal_person_once")
                ],
            },
        ),
    ]
