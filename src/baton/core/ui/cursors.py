"""Where a page begins: the value sorted by and the id, signed for this sort and filter."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, Model, Q, QuerySet
from django.http import QueryDict

from baton.core.ui.cells import Column


@dataclass(frozen=True)
class Key:
    value: Any
    id: int
    is_backward: bool
    group: str = ""  # in which the row stood


@dataclass(frozen=True)
class Window:
    rows: list[Any]
    more: bool  # rows follow
    earlier: bool  # rows come before

    @classmethod
    def cut(cls, found: list[Any], size: int, key: Key | None) -> "Window":
        """Of one row more than are shown: it tells whether others follow."""
        shown, has_more = found[:size], len(found) > size
        if key is None:
            return cls(shown, more=has_more, earlier=False)
        if key.is_backward:
            return cls(shown[::-1], more=True, earlier=has_more)
        return cls(shown, more=has_more, earlier=True)

    @property
    def first(self) -> Any:
        return self.rows[0]

    @property
    def last(self) -> Any:
        return self.rows[-1]


def seal_of(parts: list[Any]) -> Signer:
    """Changes with the sort and the filter, so that no cursor outlives them."""
    return Signer(salt=f"list {parts}")


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.get_field(name)
    if not isinstance(found, Field):
        raise FieldDoesNotExist(f"{model.__name__} cannot be sorted by {name}")
    return found


class Ordering:
    """(is empty, value, id): empty values stand last, whichever way."""

    def __init__(self, model: type[Model], name: str, *, is_descending: bool) -> None:
        self.model, self.name = model, name
        self.is_descending = is_descending

    @cached_property
    def is_nullable(self) -> bool:
        return _field(self.model, self.name).null

    def read(self, asked: QueryDict, *, seal: Signer) -> Key | None:
        """The key in the address; None when there is none, or it was not written here for this."""
        side = "before" if "before" in asked else "after"
        if side not in asked:
            return None
        try:
            value, row_id, group = seal.unsign_object(str(asked[side]))
        except (BadSignature, ValueError):  # of a former version, too
            return None
        return Key(self.typed(value), row_id, side == "before", group)

    def typed(self, value: Any) -> Any:
        """From how the address keeps it."""
        return _field(self.model, self.name).to_python(value)

    def written(self, row: Any) -> Any:
        """The field's own writing: Django's JSON encoder cuts a moment to milliseconds, and the
        next page would begin with the row that this one ended with."""
        return _field(self.model, self.name).value_to_string(row)

    def window(self, rows: QuerySet[Any], key: Key | None, *, size: int) -> Window:
        """At most ``size`` rows from the key on; one more is read to know whether others follow."""
        found = list(self.from_key(rows, key)[: size + 1])
        if key and not found:
            return self.window(rows, None, size=size)
        return Window.cut(found, size, key)

    def from_key(self, rows: QuerySet[Any], key: Key | None) -> QuerySet[Any]:
        """What comes after the key, in the direction of reading."""
        if key is None:
            return self.ordered(rows, is_backward=False)
        return self.ordered(rows.filter(self._beyond(key)), is_backward=key.is_backward)

    def key_of(self, row: Any, seal: Signer, *, group: str = "") -> str:
        value = None if getattr(row, self.name) is None else self.written(row)
        return seal.sign_object([value, row.pk, group])

    def ordered(
        self, rows: QuerySet[Any], *, is_backward: bool = False, first: tuple[str, ...] = ()
    ) -> QuerySet[Any]:
        falls = self.is_descending != is_backward
        if not self.is_nullable:
            sign = "-" if falls else ""
            return rows.order_by(*first, f"{sign}{self.name}", f"{sign}pk")
        last: dict[str, Any] = {"nulls_first": True} if is_backward else {"nulls_last": True}
        value = F(self.name).desc(**last) if falls else F(self.name).asc(**last)
        return rows.order_by(*first, value, "-pk" if falls else "pk")

    def _beyond(self, key: Key) -> Q:
        """What comes after the key in the direction of reading."""
        compare = "lt" if self.is_descending != key.is_backward else "gt"
        later_id = Q(**{f"pk__{compare}": key.id})
        is_empty = Q(**{f"{self.name}__isnull": True})
        if key.value is None:
            ties = is_empty & later_id
            return ties | ~is_empty if key.is_backward else ties
        beyond = (
            Q(**{f"{self.name}__{compare}": key.value}) | Q(**{self.name: key.value}) & later_id
        )
        return beyond | is_empty if self.is_nullable and not key.is_backward else beyond


class OwnOrdering(Ordering):
    """By an expression over the row, annotated under ``name``. Those without a value are read apart
    behind the others: so the index serves both ways, on both databases."""

    is_nullable = True

    def typed(self, value: Any) -> Any:
        return value

    def written(self, row: Any) -> Any:
        return getattr(row, self.name)

    def window(self, rows: QuerySet[Any], key: Key | None, *, size: int) -> Window:
        found: list[Any] = []
        for is_empty in self._parts(key):
            part = rows.filter(**{f"{self.name}__isnull": is_empty})
            if key and is_empty == (key.value is None):
                part = part.filter(self._behind(key))
            sign = "-" if self.is_descending != bool(key and key.is_backward) else ""
            order = [f"{sign}pk"] if is_empty else [f"{sign}{self.name}", f"{sign}pk"]
            found += part.order_by(*order)[: size + 1 - len(found)]
            if len(found) > size:
                break
        if key and not found:
            return self.window(rows, None, size=size)
        return Window.cut(found, size, key)

    def _parts(self, key: Key | None) -> tuple[bool, ...]:
        """Whether without or with a value, as far as the direction of reading leads there."""
        if key is None:
            return False, True
        if key.is_backward:
            return (True, False) if key.value is None else (False,)
        return (True,) if key.value is None else (False, True)

    def _behind(self, key: Key) -> Q:
        compare = "lt" if self.is_descending != key.is_backward else "gt"
        later = Q(**{f"pk__{compare}": key.id})
        if key.value is None:
            return later
        return Q(**{f"{self.name}__{compare}": key.value}) | Q(**{self.name: key.value}) & later


def ordering_of(model: type[Model], column: Column, *, is_descending: bool) -> Ordering:
    """Of a column of a list."""
    kind = OwnOrdering if column.by else Ordering
    return kind(model, column.sort, is_descending=is_descending)
