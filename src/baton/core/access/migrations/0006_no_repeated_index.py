from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("access", "0005_folded")]
    operations = [
        DropRepeatedIndex("share", "user"),
        DropRepeatedIndex("share", "team"),
    ]
