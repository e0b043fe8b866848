from django.conf import settings
from django.db import migrations, models

WALKED = {
    "person_by_touch": ["latest_touch_at", "id", "deleted_at", "score"],
    "person_by_lead": ["lead_at", "id", "deleted_at", "owner", "latest_touch_at"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_companies_on_boards_and_refused_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name="person", name=name) for name in WALKED),
        *(
            migrations.AddIndex(model_name="person", index=models.Index(fields=fields, name=name))
            for name, fields in WALKED.items()
        ),
    ]
