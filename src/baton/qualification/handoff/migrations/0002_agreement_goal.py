from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handoff", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="revenue_goal",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="marketing_share",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="average_deal",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
