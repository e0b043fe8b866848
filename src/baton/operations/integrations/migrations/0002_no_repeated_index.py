from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_initial")]
    operations = [
        DropRepeatedIndex("delivery", "endpoint"),
    ]
