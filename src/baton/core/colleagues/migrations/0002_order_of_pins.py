from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("colleagues", "0001_interests")]

    operations = [
        migrations.AddField(
            model_name="interest",
            name="position",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
