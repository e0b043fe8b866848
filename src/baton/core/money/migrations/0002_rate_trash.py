from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="rate", name="deleted_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="rate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("currency", "base_currency", "on"),
                name="one_living_rate_a_day",
            ),
        ),
        migrations.RemoveConstraint(model_name="rate", name="one_rate_a_day"),
    ]
