"""Who had switched a kind off is told of it by no way."""

from typing import Any

from django.db import migrations


def keep_silences(apps: Any, schema_editor: Any) -> None:
    """Few rows: one for each kind that somebody switched off."""
    silence, choice = apps.get_model("notices", "Silence"), apps.get_model("notices", "Choice")
    rows = silence.objects.values_list("user_id", "kind")
    choice.objects.bulk_create(
        [choice(user_id=user, kind=kind, ways=[]) for user, kind in rows], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_ways")]

    operations = [migrations.RunPython(keep_silences, migrations.RunPython.noop, elidable=True)]
