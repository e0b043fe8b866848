from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("people", "0012_words_without_stress")]
    operations = [
        DropRepeatedIndex("persontag", "person"),
        DropRepeatedIndex("persontag", "tag"),
        DropRepeatedIndex("companytag", "company"),
        DropRepeatedIndex("companytag", "tag"),
        DropRepeatedIndex("company", "owner"),
        DropRepeatedIndex("person", "owner"),
        DropRepeatedIndex("phone", "person"),
    ]
