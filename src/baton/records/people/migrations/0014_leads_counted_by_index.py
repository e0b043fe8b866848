from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_no_repeated_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveIndex(model_name="person", name="person_by_lead"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["lead_at", "id", "deleted_at", "owner"], name="person_by_lead"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("origin", "sales")), fields=["origin"], name="person_of_sales"
            ),
        ),
    ]
