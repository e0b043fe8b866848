from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("material", "0001_initial")]
    operations = [
        DropRepeatedIndex("materialpersona", "material"),
        DropRepeatedIndex("materialuse", "material"),
        DropRepeatedIndex("materialuse", "person"),
    ]
