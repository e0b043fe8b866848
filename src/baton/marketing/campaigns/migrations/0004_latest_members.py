from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_members_by_status")]

    operations = [
        migrations.AddIndex(
            model_name="campaignmember",
            index=models.Index(fields=["campaign", "at", "id"], name="campaign_member_latest"),
        ),
    ]
