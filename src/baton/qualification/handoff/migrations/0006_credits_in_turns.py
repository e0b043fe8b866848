"""Credits were kept in weights of the whole pool; from now on in turns."""

from typing import Any

from django.db import migrations
from django.db.models import Sum


def into_turns(apps: Any, schema_editor: Any) -> None:
    members = apps.get_model("handoff", "PoolMember").objects
    for pool, whole in members.values_list("pool").annotate(Sum("weight")):
        for member in members.filter(pool=pool).exclude(credit=0):
            member.credit /= whole
            member.save(update_fields=["credit"])


class Migration(migrations.Migration):
    dependencies = [("handoff", "0005_territories_accounts_queues")]
    operations = [migrations.RunPython(into_turns, migrations.RunPython.noop, elidable=True)]
