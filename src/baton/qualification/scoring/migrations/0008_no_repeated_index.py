from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("scoring", "0007_trials_that_fail")]
    operations = [
        DropRepeatedIndex("standing", "model"),
        DropRepeatedIndex("scorepart", "person"),
        DropRepeatedIndex("trialperson", "trial"),
    ]
