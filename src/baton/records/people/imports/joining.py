"""A row whose record was here before another system named it: fill what is empty, keep the rest."""

from collections.abc import Collection, Mapping
from typing import Any

from baton.core.offers import Conflict

LISTS = ("emails", "phones", "domains", "tags", "addresses")
LONGEST = 120  # characters of a value in a conflict


def filled(
    record: Any,
    values: Mapping[str, Any],
    custom: Mapping[str, Any],
    *,
    made_up: Collection[str] = (),
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """The values that fill an empty field, or one that was ``made_up``, and those that
    contradict ours."""
    fresh: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name, value in values.items():
        ours = None if name in {*LISTS, *made_up} else getattr(record, name)
        if ours in (None, ""):
            fresh[name] = value
        elif not _alike(ours, value):
            conflicts.append(Conflict(name, _short(ours), _short(value)))
    own = {name: value for name, value in custom.items() if record.custom.get(name) in (None, "")}
    for name, value in custom.items():
        if name not in own and record.custom[name] != value:
            conflicts.append(Conflict(name, _short(record.custom[name]), _short(value)))
    if own:
        fresh["custom"] = {**record.custom, **own}
    return fresh, tuple(conflicts)


def unheld(
    record: Any, values: Mapping[str, Any], custom: Mapping[str, Any], *, held: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any], tuple[Conflict, ...]]:
    """Without what a colleague has changed here since (``held``), and where that contradicts."""
    kept = {name: value for name, value in values.items() if name not in held}
    own = {code: value for code, value in custom.items() if f"custom.{code}" not in held}
    said = {
        **{name: (getattr(record, name), values[name]) for name in values.keys() - kept.keys()},
        **{code: (record.custom.get(code), custom[code]) for code in custom.keys() - own.keys()},
    }
    told = (
        Conflict(name, _short("" if ours is None else ours), _short(theirs))
        for name, (ours, theirs) in sorted(said.items())
        if not _alike(ours, theirs)
    )
    return kept, own, tuple(told)


def _alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.casefold().split() == theirs.casefold().split()
    return bool(ours == theirs)


def _short(value: Any) -> str:
    return str(value)[:LONGEST]
