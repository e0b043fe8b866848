"""A later file meets a record: what a colleague changed since stays, and is told."""

from collections.abc import Collection, Mapping
from typing import Any

from baton.core.offers import Conflict

LONGEST = 120  # characters of a value in a conflict
NOTHING = (None, "")


def unheld(
    record: Any, values: Mapping[str, Any], custom: Mapping[str, Any], *, held: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any], tuple[Conflict, ...]]:
    """What the file says but for what a colleague has changed here since (``held``), and where it
    contradicts that."""
    kept = {name: value for name, value in values.items() if name not in held}
    own = {code: value for code, value in custom.items() if f"custom.{code}" not in held}
    theirs = [
        *((name, getattr(record, name), values[name]) for name in sorted(values.keys() - kept)),
        *((code, record.custom.get(code), custom[code]) for code in sorted(custom.keys() - own)),
    ]
    told = (
        conflict(name, ours, said)
        for name, ours, said in theirs
        if said not in NOTHING and not alike(ours, said)
    )
    return kept, own, tuple(told)


def alike(ours: Any, theirs: Any) -> bool:
    """Texts are, whatever their case and spaces."""
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.casefold().split() == theirs.casefold().split()
    return bool(ours == theirs)


def conflict(name: str, ours: Any, theirs: Any) -> Conflict:
    """As it is told: short."""
    return Conflict(name, "" if ours is None else str(ours)[:LONGEST], str(theirs)[:LONGEST])
