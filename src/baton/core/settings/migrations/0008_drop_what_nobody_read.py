from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("settings", "0007_own_networks"),
    ]

    operations = [
        migrations.RemoveField(model_name="organisation", name="week_starts_on"),
    ]
