from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("capture", "0003_internal_visits")]
    operations = [
        DropRepeatedIndex("visit", "visitor"),
        DropRepeatedIndex("visit", "person"),
        DropRepeatedIndex("hit", "visit"),
        DropRepeatedIndex("hit", "page"),
        DropRepeatedIndex("submission", "form"),
        DropRepeatedIndex("submission", "page"),
    ]
