"""Values that other modules own and people show: lists at a million rows never join upwards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

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
    alike: dict[frozenset[str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for person_id, shown in values.items():
        if unknown := shown.keys() - SHOWN:
            raise TypeError(f"Not shown values: {', '.join(sorted(unknown))}")
        alike[frozenset(shown)][person_id] = shown
    for names, people in alike.items():
        if names:
            _update(sorted(names), people)


def _update(names: Sequence[str], people: Mapping[int, Mapping[str, Any]]) -> None:
    """One prepared statement, run for each: bulk_update, with a CASE for each row, takes 40 times
    as long for an import's thousands (measured on SQLite)."""
    quote = connection.ops.quote_name
    fields: dict[str, Any] = {name: Person._meta.get_field(name) for name in names}
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields.values())
    rows = [
        [
            *(field.get_db_prep_save(shown[name], connection) for name, field in fields.items()),
            person_id,
        ]
        for person_id, shown in sorted(people.items())
    ]
    table, key = quote(Person._meta.db_table), quote("id")
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE {key} = %s", rows)  # noqa: S608 -- names of our own columns
