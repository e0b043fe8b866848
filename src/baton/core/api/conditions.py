"""Filters that come by a route, from somebody who may not see all fields."""

from typing import Any

from baton.core.api.problems import Problem
from baton.core.filters import Filter, key_of, parse
from baton.core.limits import present, unasked


def read_condition(tree: Any, *, object_type: str, name: str) -> Filter:
    """What it asks. Raises BadFilter, and Problem 422 where it asks by a field that is hidden from
    whoever sends it: whom it finds would tell what stands there."""
    chosen = parse(tree, object_type=object_type)
    if unseen := {key_of(one.field) for one in chosen.conditions} & unasked(present):
        raise Problem(422, f"{name}: there is no field {min(unseen)}.")
    return chosen
