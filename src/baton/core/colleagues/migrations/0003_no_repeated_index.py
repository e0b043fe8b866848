from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("colleagues", "0002_order_of_pins")]
    operations = [
        DropRepeatedIndex("interest", "user"),
    ]
