"""Fields that a form elsewhere fills, a few at a time, by the usual edit of their record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from baton.core.access.models import User
from baton.core.editing.custom import PREFIX, custom_fields
from baton.core.editing.fields import Prop, RecordField
from baton.core.editing.slots import Doing
from baton.core.limits import OWN, hidden
from baton.core.slots import Slot


@dataclass(frozen=True, kw_only=True)
class Fillable:
    """A kind of record; the fields that the company made are filled beside these.

    ``of_person`` finds the record that belongs to a person and that this user may edit.
    """

    object_type: str
    label: Any
    fields: Mapping[str, RecordField]
    of_person: Callable[[int, User], Any | None]
    edit: Callable[[Any, Mapping[str, Any], Doing], object]  # raises LostRace and refusals


fillables: Slot[Fillable] = Slot(key=lambda kind: kind.object_type)


@dataclass(frozen=True, kw_only=True)
class Target:
    """One field that is filled: "person.job_title", "deal.custom.budget"."""

    kind: Fillable
    field: RecordField

    @property
    def key(self) -> str:
        return f"{self.kind.object_type}.{_plain(self.field.name)}"

    @property
    def label(self) -> str:
        return f"{self.kind.label}: {self.field.label}"

    def may_be_written_by(self, user: User) -> bool:
        """Of fields that the company made, each says itself for which roles it is only read."""
        unwritten = user.limits(self.kind.object_type).unwritten
        return (
            _plain(self.field.name) not in unwritten and user.role not in self.field.read_only_for
        )


@dataclass(frozen=True)
class Filled:
    """A field of this very record."""

    target: Target
    record: Any

    @property
    def typed(self) -> str:
        """What stands in its control now."""
        return self.target.field.text_of(self.record)

    @property
    def shown(self) -> str:
        return Prop(field=self.target.field, record=self.record, edit_url="").text


def targets() -> dict[str, Target]:
    """By key all that can be filled, as far as whoever reads now sees it."""
    found = [
        Target(kind=kind, field=field)
        for kind in fillables
        for field in (*kind.fields.values(), *custom_fields(kind.object_type).values())
        if _plain(field.name) not in hidden(kind.object_type)
    ]
    return {target.key: target for target in found}


def record_to_fill(object_type: str, *, person_id: int, user: User) -> Any | None:
    """The record of that kind that belongs to the person, where this user may edit it."""
    kind = fillables.find(object_type)
    return kind.of_person(person_id, user) if kind else None


def is_hidden(key: str) -> bool:
    """Whether whoever reads now is kept from the field of that key."""
    object_type, _dot, name = key.partition(".")
    return name in hidden(object_type)


def together(record: Any, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the record's action takes, of several fields at once by their names."""
    own = {name: value for name, value in typed.items() if name.startswith(PREFIX)}
    values = {name: value for name, value in typed.items() if name not in own}
    if own:
        given = {name.removeprefix(PREFIX): value for name, value in own.items()}
        values["custom"] = {**record.custom, **given}
    return values


def _plain(name: str) -> str:
    return OWN + name.removeprefix(PREFIX) if name.startswith(PREFIX) else name
