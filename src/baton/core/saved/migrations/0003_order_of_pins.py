from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("saved", "0002_state_holds_a_filter")]

    operations = [
        migrations.AddField(
            model_name="pin",
            name="position",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
