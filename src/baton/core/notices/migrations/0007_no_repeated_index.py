from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_rooms")]
    operations = [
        DropRepeatedIndex("notice", "user"),
        DropRepeatedIndex("choice", "user"),
        DropRepeatedIndex("sending", "notice"),
    ]
