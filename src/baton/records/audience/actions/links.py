"""Whom a record of another module is for: its ``persona_links``, edited along with its fields."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from baton.core.changes.actions import check_version
from baton.core.changes.queries import read_fields
from baton.records.audience.models import Persona

PERSONAS = "personas"  # what history and forms call them
Set = Callable[..., list[str]]  # gives a record the values that differ, and says which


def personas_of(record: Any) -> list[int]:
    """Ids of those whom it is for, in order; none is everybody."""
    return sorted(record.persona_links.values_list("persona_id", flat=True))


def put_personas(record: Any, ids: Collection[int]) -> None:
    """These and no others; one that is gone for good is left out."""
    record.persona_links.exclude(persona__in=ids).delete()
    for persona in Persona.objects.filter(pk__in=ids).exclude(pk__in=personas_of(record)):
        record.persona_links.create(persona=persona)


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the personas."""
    return {name: value for name, value in values.items() if name != PERSONAS}


def edit_for_personas(
    record: Any, values: Mapping[str, Any], *, version: int | None, give: Set
) -> dict[str, tuple[Any, Any]]:
    """Give a locked record what differs, and say what it was and is, by name. The record itself is
    saved by who asks. Raises LostRace."""
    columns = columns_of(values)
    before = {name: getattr(record, name) for name in columns}
    had, read = personas_of(record), record.version
    wanted = sorted(one.pk for one in values[PERSONAS]) if PERSONAS in values else had
    if had != wanted:
        check_version(record, version=version)
    changed = give(record, columns, version=version)
    told = {name: (before[name], getattr(record, name)) for name in changed}
    if had != wanted:
        record.version = read + 1
        put_personas(record, wanted)
        told[PERSONAS] = (had, wanted)
    return told


def read_for_personas(
    kind: Any, ids: Collection[int], names: Collection[str]
) -> dict[int, dict[str, Any]]:
    """As history keeps them."""
    found = read_fields(kind, ids, [name for name in names if name != PERSONAS])
    if PERSONAS in names:
        for record in kind.objects.filter(pk__in=ids):
            found[record.pk][PERSONAS] = personas_of(record)
    return found


def take_back_personas(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """For an undo: those of the values are put; the others are returned."""
    if PERSONAS in values:
        put_personas(record, values[PERSONAS])
        record.version += 1
    return columns_of(values)
