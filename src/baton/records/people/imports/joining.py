"""A row whose record was here before another system named it: fill what is empty, keep the rest."""

from collections.abc import Collection, Mapping
from typing import Any

from baton.core.changes.rules import alike, conflict
from baton.core.offers import Conflict

LISTS = ("emails", "phones", "domains", "tags", "addresses")


def filled(
    record: Any,
    values: Mapping[str, Any],
    custom: Mapping[str, Any],
    *,
    made_up: Collection[str] = (),
    overwrites: bool = False,
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """The values that fill an empty field, or one that was ``made_up``, and those that
    contradict ours; all of them fill where the file ``overwrites``."""
    if overwrites:
        return {**values, **({"custom": {**record.custom, **custom}} if custom else {})}, ()
    fresh: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name, value in values.items():
        ours = None if name in {*LISTS, *made_up} else getattr(record, name)
        if ours in (None, ""):
            fresh[name] = value
        elif not alike(ours, value):
            conflicts.append(conflict(name, ours, value))
    own = {name: value for name, value in custom.items() if record.custom.get(name) in (None, "")}
    for name, value in custom.items():
        if name not in own and record.custom[name] != value:
            conflicts.append(conflict(name, record.custom[name], value))
    if own:
        fresh["custom"] = {**record.custom, **own}
    return fresh, tuple(conflicts)
