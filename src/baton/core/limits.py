"""Which fields of a record somebody sees and writes: the one rule, and who reads now.

A role may be kept from a field (hidden), from writing it (read only) or from leaving it empty
(required). What is hidden never leaves the database while somebody of that role reads: models that
are ``Masked`` come without it, and lists have no such column. Actions refuse to write it.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from baton.core.slots import Slot

OWN = "custom."  # before the code of a field that the company made


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """A field that Baton brought. ``also`` names it in columns, filters, groups and forms; where
    too much is made of it (names), it cannot be hidden."""

    object_type: str
    name: str
    label: Any
    also: tuple[str, ...] = ()
    may_hide: bool = True
    may_require: bool = False  # the form of a new record asks for it

    @property
    def key(self) -> str:
        return f"{self.object_type}.{self.name}"


built_ins: Slot[BuiltIn] = Slot(key=lambda one: one.key)


@dataclass(frozen=True, kw_only=True)
class AlsoAsked:
    """A filter of a higher module's object that asks by a field of a lower one's record."""

    name: str  # customer.industry
    of: str  # company.industry


also_asked: Slot[AlsoAsked] = Slot(key=lambda one: one.name)


@dataclass(frozen=True)
class Limits:
    """Names of fields, those of the company as ``custom.CODE``."""

    hidden: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()

    @property
    def unwritten(self) -> frozenset[str]:
        """What may not be written, seen or not."""
        return self.hidden | self.read_only


FREE = Limits()
OBJECTS = ("person", "company", "deal")
KINDS = ("hidden", "read_only", "required")
# role -> object -> kind -> names: as the company keeps it
Plain = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]


def limits_in(plain: Plain | None, *, role: str, object_type: str) -> Limits:
    """The rule: what this role is kept from, by every name that the fields have."""
    found = (plain or {}).get(role, {}).get(object_type)
    if not found:
        return FREE
    return Limits(*(_called(object_type, found.get(kind, ())) for kind in KINDS))


def least_seen(plain: Plain | None) -> Callable[[str], Limits]:
    """As of somebody from whom all is hidden that is hidden from anybody: for words that everybody
    reads."""

    def of(object_type: str) -> Limits:
        roles = (limits_in(plain, role=role, object_type=object_type) for role in plain or ())
        return Limits(hidden=frozenset(name for one in roles for name in one.hidden))

    return of


def unasked(of: Callable[[str], Limits]) -> frozenset[str]:
    """What nobody asks who does not see it, as filters name fields: ``person.job_title``."""
    return frozenset(
        name if "." in name and not name.startswith(OWN) else f"{object_type}.{name}"
        for object_type in OBJECTS
        for name in of(object_type).hidden
    )


def written_down(said: Mapping[tuple[str, str], Mapping[str, Collection[str]]]) -> Plain:
    """From roles by kind of each (object, name) to what the company keeps; nothing for nobody."""
    plain: dict[str, dict[str, dict[str, list[str]]]] = {}
    for (object_type, name), roles_by_kind in sorted(said.items()):
        for kind, roles in roles_by_kind.items():
            for role in roles:
                of = plain.setdefault(role, {}).setdefault(object_type, {})
                of.setdefault(kind, []).append(name)
    return plain


def _called(object_type: str, names: Sequence[str]) -> frozenset[str]:
    keys = [f"{object_type}.{name}" for name in names]
    known = (built_ins.find(key) for key in keys)
    asked = (one.name for one in also_asked if one.of in keys)
    return frozenset((*names, *(also for one in known if one for also in one.also), *asked))


@dataclass(frozen=True)
class _Reader:
    of: Callable[[str], Limits]
    is_masked: bool
    unseen: frozenset[str]  # of all objects, as ``deal.amount``


_reader: ContextVar[_Reader | None] = ContextVar("reader", default=None)


def begin_reading(of: Callable[[str], Limits] | None, *, is_masked: bool) -> Token[Any]:
    """From now on somebody reads who is kept from fields, by the object; None for nobody."""
    if of is None:
        return _reader.set(None)
    unseen = frozenset(f"{kind}.{name}" for kind in OBJECTS for name in of(kind).hidden)
    return _reader.set(_Reader(of, is_masked, unseen))


def end_reading(token: Token[Any]) -> None:
    _reader.reset(token)


@contextmanager
def read_by(of: Callable[[str], Limits] | None) -> Iterator[None]:
    """While this lasts, all that is read is for them."""
    token = begin_reading(of, is_masked=True)
    try:
        yield
    finally:
        end_reading(token)


def read_masked() -> bool:
    """What is read from now on is only shown, though something was written before; whether
    anybody reads who is kept from something."""
    reader = _reader.get()
    if reader is not None and not reader.is_masked:
        _reader.set(replace(reader, is_masked=True))
    return reader is not None


@contextmanager
def reading_masked() -> Iterator[bool]:
    """The same while this lasts; whether it was otherwise before."""
    reader = _reader.get()
    if reader is None or reader.is_masked:
        yield False
        return
    token = _reader.set(replace(reader, is_masked=True))
    try:
        yield True
    finally:
        _reader.reset(token)


def present(object_type: str) -> Limits:
    """Of whoever reads now."""
    reader = _reader.get()
    return reader.of(object_type) if reader else FREE


def hidden(object_type: str) -> frozenset[str]:
    """What whoever reads now does not see."""
    return present(object_type).hidden


def masked() -> frozenset[str]:
    """What questions are put without just now, as ``deal.amount``: by these the SQL differs."""
    reader = _reader.get()
    return reader.unseen if reader and reader.is_masked else frozenset()


def looks() -> Hashable:
    """By what SQL that is made once differs between those who read."""
    reader = _reader.get()
    return (reader.unseen, reader.is_masked) if reader else None


def without_hidden(object_type: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values by field, as whoever reads now may see them."""
    names = hidden(object_type)
    if not names:
        return values
    seen = {name: value for name, value in values.items() if name not in names}
    if isinstance(seen.get("custom"), dict):
        seen["custom"] = _own_seen(seen["custom"], names)
    return seen


Columns = Mapping[str, tuple[str, ...]]


class Masked:
    """A model whose rows come without what whoever reads now may not see. Such a row is only
    shown: whoever writes reads it anew, and nothing is masked where something is written.

    ``covers`` names the columns of a field, where it is not the column of its name.
    """

    masked_as: ClassVar[str]
    covers: ClassVar[Columns] = {}
    lists: ClassVar[frozenset[str]] = frozenset()  # fields that are records of another table

    def as_seen(self) -> Self:
        """After it was written: without what whoever reads now may not see."""
        names = hidden(self.masked_as)
        if names:
            columns = [field.attname for field in self._meta.concrete_fields]  # type: ignore[attr-defined] # Django's
            known = [getattr(self, column) for column in columns]
            for column, value in zip(columns, self._seen(names, columns, known), strict=True):
                setattr(self, column, value)
            self._forget(names)
        return self

    @classmethod
    def from_db(cls, *row: Any, **named: Any) -> Any:
        """As Django's, which hands in the database, the columns and the values."""
        reader = _reader.get()
        names = reader.of(cls.masked_as).hidden if reader and reader.is_masked else None
        if not names:
            return super().from_db(*row, **named)  # type: ignore[misc] # Django's
        db, columns, values = row
        seen = super().from_db(db, columns, cls._seen(names, columns, values), **named)  # type: ignore[misc] # Django's
        seen._forget(names)
        return seen

    def _forget(self, names: frozenset[str]) -> None:
        """Records that are joined or read beside it come no way onto it."""
        gone = {
            name: self._meta.get_field(name).related_model._default_manager.none()  # type: ignore[attr-defined] # Django's
            for name in names & self.lists
        }
        state: Any = self._state  # type: ignore[attr-defined] # Django's
        state.fields_cache = _Without(
            names, {name: row for name, row in state.fields_cache.items() if name not in names}
        )
        held = getattr(self, "_prefetched_objects_cache", {})
        self._prefetched_objects_cache = _Without(frozenset(gone), {**held, **gone})

    @classmethod
    def _seen(cls, names: frozenset[str], columns: Collection[str], values: Any) -> Any:
        if not names:
            return values
        gone = {column for name in names for column in cls.covers.get(name, (name, f"{name}_id"))}
        return [
            _own_seen(value, names)
            if column == "custom" and isinstance(value, dict)
            else (None if value is None or not isinstance(value, str) else "")
            if column in gone
            else value
            for column, value in zip(columns, values, strict=True)
        ]


class _Without(dict[str, Any]):
    """What Django keeps of a row, but for some names."""

    def __init__(self, names: frozenset[str], held: dict[str, Any]) -> None:
        super().__init__(held)
        self.names = names

    def __setitem__(self, name: str, value: Any) -> None:
        if name not in self.names:
            super().__setitem__(name, value)


def _own_seen(custom: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {code: value for code, value in custom.items() if OWN + code not in names}
