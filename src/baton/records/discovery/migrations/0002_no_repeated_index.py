from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("discovery", "0001_initial")]
    operations = [
        DropRepeatedIndex("guidepersona", "guide"),
        DropRepeatedIndex("discovery", "person"),
    ]
