from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("deals", "0012_words_without_stress")]
    operations = [
        DropRepeatedIndex("deal", "owner"),
        DropRepeatedIndex("deal", "stage"),
        DropRepeatedIndex("dealperson", "deal"),
        DropRepeatedIndex("stageentry", "deal"),
        DropRepeatedIndex("stageentry", "stage"),
    ]
