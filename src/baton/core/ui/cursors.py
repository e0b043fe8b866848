"""Where a page begins: the value sorted by and the id, signed for this sort and filter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import CharField, DateField, F, Field, IntegerField, Model, Q, QuerySet
from django.http import QueryDict

from baton.core.marked import HIGHEST_MARK
from baton.core.ui.cells import Column


@dataclass(frozen=True)
class Key:
    value: Any
    id: int
    is_backward: bool
    group: str = ""  # in which the row stood


@dataclass(frozen=True)
class Part:
    """Rows that are read in one go: with a value, without one (``is_empty``), or both (None);
    those behind the place of a row, or all."""

    is_empty: bool | None
    is_backward: bool = False
    value: Any = None
    id: int | None = None  # None: from the first


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


Ask = Callable[[Part, int], list[Any]]  # so many rows of a part
APART = (Part(is_empty=False), Part(is_empty=True))


class Ordering:
    """(is empty, value, id): empty values stand last, whichever way."""

    def __init__(self, model: type[Model], name: str, *, is_descending: bool) -> None:
        self.model, self.name = model, name
        self.is_descending = is_descending

    @cached_property
    def is_nullable(self) -> bool:
        return _field(self.model, self.name).null

    @cached_property
    def keeps(self) -> bool:
        """Whether a page behind a key can be a kept question: marks stand in for plain values, and
        are numbers that no small column takes."""
        field = _field(self.model, self.name)
        if not isinstance(field, IntegerField):
            return isinstance(field, CharField | DateField)  # moments are days, too
        span: Any = connection.ops.integer_field_range(field.get_internal_type())
        return span[1] is None or bool(span[1] > HIGHEST_MARK)

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
        return self.window_by(lambda part, most: list(self.part(rows, part)[:most]), key, size=size)

    def window_by(self, ask: Ask, key: Key | None, *, size: int) -> Window:
        """The same of rows that ``ask`` reads."""
        found = self._read(ask, key, most=size + 1)
        if key and not found:
            return self.window_by(ask, None, size=size)
        return Window.cut(found, size, key)

    def from_key(self, rows: QuerySet[Any], key: Key | None, *, most: int) -> list[Any]:
        """So many rows after the key, in the direction of reading."""
        return self._read(lambda part, left: list(self.part(rows, part)[:left]), key, most=most)

    def _read(self, ask: Ask, key: Key | None, *, most: int) -> list[Any]:
        """The second part only where the first one ends too early."""
        found: list[Any] = []
        for part in self._parts(key):
            found += ask(part, most - len(found))
            if len(found) == most:
                break
        return found

    def part(self, rows: QuerySet[Any], part: Part) -> QuerySet[Any]:
        """Those rows, in order."""
        if part.is_empty is None:
            found = self.ordered(rows, is_backward=part.is_backward)
        else:
            rows = rows.filter(**{f"{self.name}__isnull": part.is_empty})
            sign = "-" if self.is_descending != part.is_backward else ""
            own = [] if part.is_empty else [f"{sign}{self.name}"]
            found = rows.order_by(*own, f"{sign}pk")
        return found if part.id is None else found.filter(self._beyond(part))

    def _is_read_apart(self) -> bool:
        """PostgreSQL's indexes have what is empty first where values fall: sorting all would be
        what puts it last."""
        return self.is_nullable and self.is_descending and connection.vendor == "postgresql"

    def _parts(self, key: Key | None) -> tuple[Part, ...]:
        """With a value, and behind them those without, as far as the direction of reading leads:
        each is a stretch of an index, which both together are not."""
        if key is None:
            return APART if self._is_read_apart() else (Part(None),)
        here = Part(key.value is None, key.is_backward, key.value, key.id)
        if not self.is_nullable:
            return (replace(here, is_empty=None),)
        if here.is_empty == key.is_backward:
            return here, Part(not here.is_empty, key.is_backward)
        return (here,)

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

    def _beyond(self, part: Part) -> Q:
        """What comes after the key: from its value on, but for what stands before it there. So it
        is one stretch of the index; "greater, or as great and later" is read as two."""
        compare = "lt" if self.is_descending != part.is_backward else "gt"
        later = Q(**{f"pk__{compare}": part.id})
        if part.value is None:
            return later
        further = Q(**{f"{self.name}__{compare}": part.value})
        return Q(**{f"{self.name}__{compare}e": part.value}) & (further | later)


class OwnOrdering(Ordering):
    """By an expression over the row, annotated under ``name``. Those without a value are read apart
    behind the others: so the index serves both ways, on both databases."""

    is_nullable = True

    def typed(self, value: Any) -> Any:
        return value

    def written(self, row: Any) -> Any:
        return getattr(row, self.name)

    def _is_read_apart(self) -> bool:
        return True


def ordering_of(model: type[Model], column: Column, *, is_descending: bool) -> Ordering:
    """Of a column of a list."""
    kind = OwnOrdering if column.by else Ordering
    return kind(model, column.sort, is_descending=is_descending)
