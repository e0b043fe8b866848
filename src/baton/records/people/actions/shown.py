"""Values that other modules own and people show: lists at a million rows never join upwards."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from baton.records.people.models import Person

SHOWN = frozenset(
    {"stage", "stage_at", "lead_at", "mql_channel", "mql_campaign", "fit", "engagement", "score"}
    | {"persona", "latest_touch", "latest_touch_at"}
)


def show(*, person_id: int, **values: Any) -> None:
    """Write shown values of one person, for the module that owns them. No history, no fact."""
    show_many({person_id: values})


@transaction.atomic
def show_many(values: Mapping[int, Mapping[str, Any]]) -> None:
    """Shown values by person id, in a few statements; ids that are gone are left out."""
    alike: dict[frozenset[str], list[Person]] = defaultdict(list)
    for person_id, shown in values.items():
        if unknown := shown.keys() - SHOWN:
            raise TypeError(f"Not shown values: {', '.join(sorted(unknown))}")
        alike[frozenset(shown)].append(Person(pk=person_id, **shown))
    for names, people in alike.items():
        if names:
            Person.objects.bulk_update(people, sorted(names), batch_size=200)
