from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("timeline", "0008_meetings_of_users")]
    operations = [
        DropRepeatedIndex("note", "person"),
        DropRepeatedIndex("activity", "person"),
        DropRepeatedIndex("draft", "user"),
        DropRepeatedIndex("sent", "user"),
    ]
