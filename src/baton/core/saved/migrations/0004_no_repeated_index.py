from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("saved", "0003_order_of_pins")]
    operations = [
        DropRepeatedIndex("pin", "user"),
    ]
