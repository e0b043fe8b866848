from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("handoff", "0009_rests_by_condition")]
    operations = [
        DropRepeatedIndex("poolmember", "pool"),
        DropRepeatedIndex("handoff", "rep"),
        DropRepeatedIndex("offer", "handoff"),
        DropRepeatedIndex("offer", "pool"),
    ]
