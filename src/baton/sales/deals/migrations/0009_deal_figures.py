from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0008_stage_batch")]

    operations = [
        migrations.AddIndex(
            "deal",
            models.Index(
                fields=["stage", "deleted_at", "state", "closed_at", "base_amount", "owner"],
                name="deal_figures",
            ),
        ),
        migrations.AddIndex(
            "deal",
            models.Index(
                fields=["competitor", "deleted_at", "owner"],
                name="deal_rivals",
                condition=~models.Q(competitor=""),
            ),
        ),
    ]
