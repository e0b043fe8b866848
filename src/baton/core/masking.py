"""Rows that are at hand already, as whoever reads now may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.db.models import Model, QuerySet

from baton.core.limits import Masked


def mask(given: Any) -> None:
    """These rows lose what is hidden, with all that hangs on them. Asks the database nothing."""
    _mask(given, set())


def _mask(given: Any, known: set[int]) -> None:
    if given is None or isinstance(given, str | bytes | int | float) or id(given) in known:
        return
    known.add(id(given))
    if isinstance(given, Model) and isinstance(given, Masked):
        given.as_seen()
    for part in _parts(given):
        _mask(part, known)


def _parts(given: Any) -> Iterable[Any]:
    """What is at hand already; the rest is read masked."""
    if isinstance(given, Model):
        held = getattr(given, "_prefetched_objects_cache", {})
        return (*given._state.fields_cache.values(), *held.values())
    if isinstance(given, QuerySet):
        return given._result_cache or ()
    if isinstance(given, Mapping):
        return given.values()
    if isinstance(given, list | tuple | set | frozenset):
        return given
    if is_dataclass(given) and not isinstance(given, type):
        return [getattr(given, field.name) for field in fields(given)]
    return ()
