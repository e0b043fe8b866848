"""What a route gives back, as whoever called may see it: one place that all answers go through."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.db.models import Model, QuerySet
from ninja.responses import Status

from baton.core.limits import Masked, read_masked


def answered(given: Any) -> Any:
    """From here on all is read masked, and rows that were written before lose what is hidden, with
    all that hangs on them. Asks the database nothing."""
    if read_masked():
        _mask(given, set())
    return given


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
    if isinstance(given, Status):
        return (given.value,)
    if isinstance(given, Model):
        held = getattr(given, "_prefetched_objects_cache", {})
        return (*given._state.fields_cache.values(), *held.values())
    if isinstance(given, QuerySet):
        return given._result_cache or ()
    if isinstance(given, Mapping):
        return given.values()
    if isinstance(given, list | tuple | set | frozenset):
        return given
    if is_dataclass(given):
        return [getattr(given, field.name) for field in fields(given)]
    return ()
