from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_calendars")]
    operations = [
        DropRepeatedIndex("leave", "user"),
    ]
