"""Columns of what hangs on a page's rows: read for all of them at once, and only when drawn."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.ui.cells import CellEdits
from baton.core.ui.lists import Column, Grouping
from baton.records.people.models import Person
from baton.records.people.queries import domains_of, emails_of, phones_of, postal_of, tags_of
from baton.records.people.rules import postal_line
from baton.records.people.rules.grades import GRADES, grade_badge
from baton.records.people.slots import stage_moves
from baton.records.people.views.tagging import drawn_tags
from baton.records.people.words import stages

Read = Callable[[Collection[int]], Mapping[int, list[Any]]]


class Beside:
    """The rows of a page, and what was read for them so far."""

    def __init__(self, rows: list[Any]) -> None:
        self.ids = [row.pk for row in rows]
        self.kind = type(rows[0]) if rows else Person
        for row in rows:
            row.beside = self

    @cached_property
    def _known(self) -> dict[Any, Mapping[int, list[Any]]]:
        return {}

    def of(self, row: Any, name: str, read: Read) -> list[Any]:
        """What this row has, by asking for all of them the first time."""
        if name not in self._known:
            self._known[name] = read(self.ids)
        return self._known[name][row.pk]


def _emails(ids: Collection[int]) -> Mapping[int, list[str]]:
    return {pk: [row.address for row in rows] for pk, rows in emails_of(ids).items()}


def _phones(ids: Collection[int]) -> Mapping[int, list[str]]:
    return {pk: [row.number for row in rows] for pk, rows in phones_of(ids).items()}


def _addresses(ids: Collection[int]) -> Mapping[int, list[str]]:
    return {pk: [postal_line(vars(row)) for row in rows] for pk, rows in postal_of(ids).items()}


def _first(name: str, label: Any, read: Read, *, edit: str) -> Column:
    """The one to use of several; all of them are edited."""
    return Column(
        name=name,
        label=label,
        value=lambda row: next(iter(row.beside.of(row, name, read)), ""),
        edit=edit,
        is_spare=True,
    )


TAGS = Column(
    name="tags",
    label=_("Tags"),
    value=lambda row: row.beside.of(row, "tags", lambda ids: tags_of(row.beside.kind, ids)),
    draw=drawn_tags,
    edit="tags",
)
EMAIL = _first("email", _("Email"), _emails, edit="emails")
PHONE = _first("phone", _("Phone"), _phones, edit="phones")
ADDRESS = _first("address", _("Address"), _addresses, edit="addresses")
DOMAIN = _first("domain", _("Domain"), domains_of, edit="domains")


def choice_column(name: str, label: Any, words: Mapping[str, Any]) -> Column:
    """What is kept as a code, in words."""
    return Column(
        name=name,
        label=label,
        value=lambda row: words.get(getattr(row, name), getattr(row, name)),
        edit=name,
        is_spare=True,
    )


GRADE = Column(
    name="grade",
    label=_("Grade"),
    term="grade",
    kind="badge",
    sort="grade",
    value=lambda row: grade_badge(row.grade),
    plain=lambda row: row.grade,
    is_spare=True,
)


def by_stage(object_type: str) -> Grouping:
    """By lifecycle; as a board its cards go where the module of stages takes them."""

    def edits() -> CellEdits | None:
        moves = stage_moves.find(object_type)
        return moves.edits if moves else None

    return Grouping(
        name="stage",
        label=_("Lifecycle"),
        field="stage",
        named=lambda values: dict(stages()),
        empty=_("No stage"),
        choices=lambda: dict(stages()),
        edits=edits,
    )


BY_GRADE = Grouping(
    name="grade",
    label=_("Grade"),
    field="grade",
    named=lambda values: {grade: grade for grade in GRADES if grade in set(values)},
    empty=_("No grade"),
    choices=lambda: GRADES,
)


def spare(name: str, label: Any, **more: Any) -> Column:
    """A plain field, shown where it was chosen."""
    return Column(name=name, label=label, edit=name, is_spare=True, **more)
