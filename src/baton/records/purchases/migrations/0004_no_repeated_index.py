from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("purchases", "0003_shops")]
    operations = [
        DropRepeatedIndex("delivery", "hook"),
        DropRepeatedIndex("order", "person"),
        DropRepeatedIndex("order", "company"),
        DropRepeatedIndex("orderline", "order"),
        DropRepeatedIndex("refund", "order"),
        DropRepeatedIndex("subscription", "person"),
        DropRepeatedIndex("subscription", "company"),
    ]
