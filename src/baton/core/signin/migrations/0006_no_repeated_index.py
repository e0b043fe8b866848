from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("signin", "0005_set_up_code")]
    operations = [
        DropRepeatedIndex("recoverycode", "user"),
    ]
