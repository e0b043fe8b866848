from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0002_stage_gates")]

    operations = [
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["state", "close_on", "id"], name="deal_in_state_by_close"),
        ),
    ]
