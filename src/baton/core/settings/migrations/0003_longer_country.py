from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("settings", "0002_country"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="country",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
