"""What two presses at once showed twice in a stage is shown once: the first one stays."""

from typing import Any

from django.db import migrations
from django.utils import timezone

NAMED = ("code", "persona", "page", "form", "campaign")


def take_doubles_away(apps: Any, _schema_editor: Any) -> None:
    shown = apps.get_model("journey", "Shown")
    rows = shown.objects.filter(deleted_at=None).order_by("pk")
    seen: set[tuple[Any, ...]] = set()
    doubles: list[int] = []
    for pk, *named in rows.values_list("pk", *NAMED):
        if tuple(named) in seen:
            doubles.append(pk)
        seen.add(tuple(named))
    shown.objects.filter(pk__in=doubles).update(deleted_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("journey", "0001_initial")]

    operations = [migrations.RunPython(take_doubles_away, migrations.RunPython.noop, elidable=True)]
