from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_boards_counted_by_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_owner",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_stage",
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                fields=["owner", "deleted_at", "sort_key", "id"], name="company_by_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                fields=["stage", "deleted_at", "sort_key", "id"], name="company_by_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("is_given", False)),
                fields=["email"],
                name="consent_refused",
            ),
        ),
    ]
