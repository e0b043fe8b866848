"""What lies in a territory, as conditions of the filter language."""

from collections.abc import Mapping, Sequence
from typing import Any

Tree = dict[str, Any]
MOST_PREFIXES = 40  # each is asked of the company and of the person


def territory_tree(marks: Mapping[str, Any]) -> Tree | None:
    """All marks that are given must hold; None where there are none.

    A place is the company's; the person's own where the company's is unknown.
    """
    parts = [
        *_placed("country", marks.get("countries")),
        *_placed("region", marks.get("regions")),
        *_prefixed(marks.get("postcodes") or ()),
        *_industries(marks.get("industries")),
        *_sized(marks.get("size_from"), marks.get("size_to")),
    ]
    return {"all": parts} if parts else None


def _placed(name: str, values: Sequence[str] | None) -> list[Tree]:
    if not values:
        return []
    return [_here(name, [{"op": "in", "value": list(values)}])]


def _prefixed(prefixes: Sequence[str]) -> list[Tree]:
    if not prefixes:
        return []
    return [_here("postcode", [{"op": "starts_with", "value": one} for one in prefixes])]


def _here(name: str, asks: Sequence[Tree]) -> Tree:
    theirs = {"field": f"person.company_{name}"}
    own = {"field": f"person.{name}"}
    at_company = [theirs | ask for ask in asks]
    at_person = {"all": [theirs | {"op": "is_empty"}, {"any": [own | ask for ask in asks]}]}
    return {"any": [*at_company, at_person]}


def _industries(values: Sequence[str] | None) -> list[Tree]:
    return [{"field": "person.industry", "op": "in", "value": list(values)}] if values else []


def _sized(size_from: int | None, size_to: int | None) -> list[Tree]:
    bounds = ((size_from, ">="), (size_to, "<="))
    return [
        {"field": "person.employee_count", "op": op, "value": bound}
        for bound, op in bounds
        if bound is not None
    ]
