from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [
        DropRepeatedIndex("point", "review"),
        DropRepeatedIndex("draft", "user"),
    ]
