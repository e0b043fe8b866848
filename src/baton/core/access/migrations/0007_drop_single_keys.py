from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_no_repeated_index"),
    ]

    operations = [
        migrations.RemoveField(model_name="user", name="has_single_keys"),
    ]
