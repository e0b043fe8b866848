"""Terms that came with the demo go with it under their new name, and so does what they became."""

from typing import Any

from django.db import migrations


def mark_anew(apps: Any, schema_editor: Any) -> None:
    """Where terms came with the demo, so did version 1 of what was made of them."""
    marks = apps.get_model("demo", "DemoRow").objects
    if not marks.filter(model="customers.Terms").update(model="customers.FavourTerms"):
        return
    carried = apps.get_model("handoff", "Agreement").objects.filter(kind="ae_to_owner", version=1)
    for pk in carried.values_list("pk", flat=True):
        marks.get_or_create(model="handoff.Agreement", object_id=pk)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0011_terms_become_an_agreement"),
        ("demo", "0002_demo_row_seal"),
        ("handoff", "0014_agreement_after_the_win"),
    ]
    operations = [migrations.RunPython(mark_anew, migrations.RunPython.noop, elidable=True)]
