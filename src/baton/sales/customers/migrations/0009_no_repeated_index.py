from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_checkin_rules")]
    operations = [
        DropRepeatedIndex("customer", "owner"),
        DropRepeatedIndex("step", "customer"),
        DropRepeatedIndex("favour", "customer"),
        DropRepeatedIndex("favour", "person"),
        DropRepeatedIndex("survey", "customer"),
        DropRepeatedIndex("survey", "person"),
    ]
