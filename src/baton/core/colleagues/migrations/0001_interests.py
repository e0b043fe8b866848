import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.PositiveBigIntegerField()),
                ("followed_at", models.DateTimeField(null=True)),
                ("pinned_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("followed_at__isnull", False)),
                        fields=["object_type", "object_id"],
                        name="interest_of_followers",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "object_type", "object_id"), name="interest_once"
                    )
                ],
            },
        ),
    ]
