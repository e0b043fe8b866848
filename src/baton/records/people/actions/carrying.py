"""Rows that point to a person or a company go along when two become one, and come back.

For most tables ``person_rows`` or ``company_rows`` is all there is to say; its module adds that to
``person_carriers`` or ``company_carriers``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from baton.core.bulk import bites, update_rows
from baton.records.people.slots import CompanyCarrier, Pairs, PersonCarrier

Settle = Callable[[Collection[int], datetime], object]


def person_rows(
    model: type[models.Model],
    column: str = "person",
    *,
    once: Collection[str] | None = None,
    settle: Settle | None = None,
) -> PersonCarrier:
    """A carrier of all rows of a table by its foreign key to Person (or a plain id).

    ``once``: fields by which a person has a row only once (empty: one row at all); where the kept
    one has it, the other's stays where it was.
    """
    rows = Rows(model, column, once=once)
    return PersonCarrier(
        name=rows.name,
        columns=(rows.name,),
        carry=rows.carry,
        give_back=rows.give_back,
        settle=settle,
    )


def company_rows(
    model: type[models.Model], column: str = "company", *, once: Collection[str] | None = None
) -> CompanyCarrier:
    """The same by a foreign key to Company."""
    rows = Rows(model, column, once=once)
    return CompanyCarrier(
        name=rows.name, columns=(rows.name,), carry=rows.carry, give_back=rows.give_back
    )


class Rows:
    """A table whose rows belong to a record by one column."""

    def __init__(
        self, model: type[models.Model], column: str, *, once: Collection[str] | None = None
    ) -> None:
        self.model = model
        self.column = model._meta.get_field(column).attname  # type: ignore[union-attr]
        self.once = once
        self.name = f"{model._meta.label}.{column}"

    def carry(self, pairs: Pairs, at: datetime) -> dict[int, list[int]]:
        """Move them; says which rows of whom."""
        moving: dict[int, list[int]] = defaultdict(list)
        taken = self._taken(pairs)
        rows = self._of(pairs).order_by("pk").values_list("pk", self.column, *(self.once or ()))
        for pk, owner, *rest in rows:
            entry = (pairs[owner], *rest)
            if self.once is None or entry not in taken:
                taken.add(entry)
                moving[owner].append(pk)
        self.hand_over({pk: pairs[owner] for owner, pks in moving.items() for pk in pks})
        return moving

    def give_back(self, pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
        """Those that are still the kept one's."""
        back = {pk: owner for owner, pks in carried.items() for pk in pks}
        for some in bites(back):
            rows = self.model._base_manager.filter(pk__in=some)
            now = rows.values_list("pk", self.column)
            self.hand_over({pk: back[pk] for pk, owner in now if owner == pairs[back[pk]]})

    def hand_over(self, owners: Mapping[int, int]) -> None:
        """By row whose it is from now on."""
        update_rows(
            self.model,
            {pk: {self.column: owner} for pk, owner in owners.items()},
            fields=[self.column],
        )

    def _of(self, ids: Collection[int]) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(**{f"{self.column}__in": list(ids)})

    def _taken(self, pairs: Pairs) -> set[tuple[Any, ...]]:
        if self.once is None:
            return set()
        kept = self._of(set(pairs.values()))
        return set(kept.values_list(self.column, *self.once))
