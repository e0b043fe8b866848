from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("saved", "0001_saved_views")]

    operations = [
        migrations.AlterField(
            model_name="savedview",
            name="state",
            field=models.CharField(blank=True, max_length=8000),
        ),
    ]
