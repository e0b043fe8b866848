from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]
    operations = [
        DropRepeatedIndex("booking", "rep"),
        DropRepeatedIndex("booking", "person"),
    ]
