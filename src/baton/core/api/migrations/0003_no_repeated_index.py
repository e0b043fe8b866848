from django.db import migrations

from baton.core.repeated import DropRepeatedIndex


class Migration(migrations.Migration):
    dependencies = [("api", "0002_answers_word_for_word")]
    operations = [
        DropRepeatedIndex("idempotencykey", "user"),
    ]
