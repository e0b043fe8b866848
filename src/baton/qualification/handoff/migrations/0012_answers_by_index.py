from django.conf import settings
from django.db import migrations, models

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [
        ("handoff", "0011_clocks_looked_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["answered_at"],
                name="handoff_answered",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["rep", "ended_at"], name="offer_of_rep"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("rep__isnull", False)), fields=["due_at"], name="offer_due"
            ),
        ),
        DropRepeatedIndex("offer", "rep"),
    ]
