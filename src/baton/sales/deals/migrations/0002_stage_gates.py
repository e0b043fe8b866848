from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="stage", name="asked", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AddField(
            model_name="deal",
            name="need",
            field=models.CharField(blank=True, default="", max_length=250),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="deal",
            name="decision_maker",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
