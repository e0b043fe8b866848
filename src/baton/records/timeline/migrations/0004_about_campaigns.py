from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_tasks_by_due")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="campaign_id",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="campaign_id",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("campaign_id__isnull", False)),
                fields=["campaign_id"],
                name="task_of_campaign",
            ),
        ),
    ]
