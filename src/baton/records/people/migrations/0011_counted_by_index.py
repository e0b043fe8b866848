from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_campaigns_and_trash"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_stage",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_score",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_score",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_stage",
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["stage", "deleted_at", "id"], name="company_by_stage"),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["score", "id", "deleted_at"], name="company_by_score"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["score", "id", "deleted_at"], name="person_by_score"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["stage", "deleted_at", "id"], name="person_by_stage"),
        ),
    ]
