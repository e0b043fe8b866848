from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handoff", "0002_agreement_goal")]

    operations = [
        migrations.AddField(
            model_name="agreement", name="starts_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="agreement", name="rest_days", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="agreement", name="ladder", field=models.JSONField(default=dict)
        ),
    ]
