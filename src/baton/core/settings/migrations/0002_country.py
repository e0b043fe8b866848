from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("settings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="country",
            field=models.CharField(blank=True, max_length=12),
        ),
    ]
