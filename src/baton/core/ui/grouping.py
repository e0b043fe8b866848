"""A list in groups: by a stored field, each with its count; paging goes on through all of them.

One query counts the groups; a page reads one group by its index and, where it ends, those that
follow: never more than three queries, however many groups there are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from baton.core.ui.cells import CellEdits
from baton.core.ui.cursors import Key, Ordering, Window

Words = str | Promise
NOTHING = "-"  # the key of those without a value
LONGEST_KEY = 300


def each_as_text(values: Collection[Any]) -> Mapping[Any, str]:
    """Values as most controls have them."""
    return {value: str(value) for value in values}


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """``named`` gives the values that it is handed their words, in the order of the groups; it may
    ask the database once. A value without words follows by its name, those without a value last."""

    name: str
    label: Words
    field: str  # of the row's own table; of a relation its id, like owner_id
    named: Callable[[Sequence[Any]], Mapping[Any, Words]]
    empty: Words  # what those without a value are called
    by: Callable[[], Combinable] | None = None  # an expression, which ``field`` then names
    having: Callable[[Any], Q] | None = None  # the rows of a value, where an index serves that
    nothing: Q | None = None  # the same, of those without a value
    span: str = ""  # of dates: how long a group is, see ``spans``
    choices: Callable[[], Collection[Any]] | None = None  # all values: a board can stand by it
    among: Callable[[Any], Collection[Any]] | None = None  # of these, whose that user may make it
    edit: str = ""  # the field of the record that a card's move edits, as ``Column.edit``
    typed: Callable[[Collection[Any]], Mapping[Any, str]] = each_as_text  # as its control has them
    is_required: bool = False  # it is never emptied
    is_by_name: bool = False  # a board begins with those that have rows
    edits: Callable[[], CellEdits | None] | None = None  # where else its cards go, and whose do
    read_only_for: Collection[str] = ()  # roles that may not write it

    def choices_of(self, user: Any) -> Collection[Any]:
        """The columns of somebody's board, whether or not rows have them."""
        if self.among:
            return self.among(user)
        return self.choices() if self.choices else ()


@dataclass(frozen=True)
class Group:
    """``url`` closes it, or opens it again."""

    key: str
    words: Words
    count: int
    rows: Q = field(repr=False)
    place: int = 0
    is_closed: bool = False
    url: str = ""


def by_name(values: Iterable[str] | Mapping[Any, str]) -> Mapping[Any, Words]:
    """Texts, or codes with their words, in the order of the alphabet."""
    words = dict(values) if isinstance(values, Mapping) else {one: one for one in values}
    return dict(sorted(words.items(), key=lambda pair: (pair[1].casefold(), str(pair[0]))))


def groups_of(
    rows: QuerySet[Any], grouping: Grouping, *, closed: Sequence[str], turn: Callable[[str], str]
) -> list[Group]:
    """In their order, with their counts: one query, and what ``named`` asks. ``turn`` gives the
    address in which the group of that key is closed, or open again."""
    name, is_text = grouping.field, _is_text(rows, grouping)
    found = rows.order_by().values_list(name).annotate(Count("pk"))
    counts: dict[Any, int] = {}
    for value, count in found:
        plain = None if is_text and value == "" else value
        counts[plain] = counts.get(plain, 0) + count
    return [
        Group(
            key=key_of(value),
            words=words,
            count=counts[value],
            rows=rows_of(grouping, value, is_text=is_text),
            place=place,
            is_closed=key_of(value) in closed,
            url=turn(key_of(value)),
        )
        for place, (value, words) in enumerate(in_order(grouping, counts))
    ]


def in_order(grouping: Grouping, values: Iterable[Any]) -> list[tuple[Any, Words]]:
    """Those values that rows have, with their words: the order of the groups."""
    there = set(values)
    words = grouping.named([value for value in there if value is not None])
    order = [value for value in words if value in there]
    order += sorted((value for value in there if value is not None and value not in words), key=str)
    found = [(value, words.get(value, str(value))) for value in order]
    return [*found, (None, grouping.empty)] if None in there else found


def key_of(value: Any) -> str:
    """As the address names it."""
    return NOTHING if value is None or value == "" else str(value)


def heads_of(
    groups: Sequence[Group], keys: Sequence[str], *, key: Key | None, window: Window
) -> tuple[list[Sequence[Group]], Sequence[Group]]:
    """Whose heads stand before each row, closed ones too, and whose behind the last."""
    places = {group.key: group.place for group in groups}
    at, before = _first_head(groups, keys, key=key if window.earlier else None), []
    for name in keys:
        before.append(groups[at : places[name] + 1])
        at = max(at, places[name] + 1)
    return before, () if window.more else groups[at:]


def _first_head(groups: Sequence[Group], keys: Sequence[str], *, key: Key | None) -> int:
    places = {group.key: group.place for group in groups}
    if key is None or not keys:
        return 0
    if not key.is_backward and key.group in places:
        return places[key.group] + (keys[0] != key.group)
    at = places[keys[0]]
    while at and groups[at - 1].is_closed:
        at -= 1
    return at


def grouped_window(
    rows: QuerySet[Any], ordering: Ordering, groups: Sequence[Group], key: Key | None, *, size: int
) -> Window:
    """A page of the open groups, in their order, from the key on."""
    is_backward = key is not None and key.is_backward
    line = [group for group in groups if not group.is_closed]
    if is_backward:
        line.reverse()
    here = next((at for at, group in enumerate(line) if key and group.key == key.group), None)
    if key and here is None:
        key, line = None, line[::-1] if is_backward else line
    line = line[here or 0 :]
    if not line:
        return Window([], more=False, earlier=False)
    found = ordering.from_key(rows.filter(line[0].rows), key, most=size + 1)
    if len(found) <= size:
        rest = _enough(line[1:], size + 1 - len(found))
        found += _of_groups(rows, ordering, rest, is_backward=key is not None and is_backward)[
            : size + 1 - len(found)
        ]
    if key and not found:
        return grouped_window(rows, ordering, groups, None, size=size)
    return Window.cut(found, size, key)


def _enough(line: Sequence[Group], wanted: int) -> list[Group]:
    """As many groups as hold so many rows."""
    taken: list[Group] = []
    for group in line:
        if sum(one.count for one in taken) >= wanted:
            break
        taken.append(group)
    return taken


def _of_groups(
    rows: QuerySet[Any], ordering: Ordering, line: Sequence[Group], *, is_backward: bool
) -> QuerySet[Any] | list[Any]:
    """Their rows, one group after the other; of a single one the index gives the order."""
    if not line:
        return []
    wanted = rows.filter(reduce(or_, (group.rows for group in line)))
    if len(line) == 1:
        return ordering.ordered(wanted, is_backward=is_backward)
    places = [When(group.rows, then=Value(place)) for place, group in enumerate(line)]
    ranked = wanted.annotate(group_place=Case(*places, output_field=IntegerField()))
    return ordering.ordered(ranked, is_backward=is_backward, first=("group_place",))


def _is_text(rows: QuerySet[Any], grouping: Grouping) -> bool:
    if grouping.by:
        return False  # an empty value is none
    return isinstance(rows.model._meta.get_field(grouping.field), CharField | TextField)


def rows_of(grouping: Grouping, value: Any, *, is_text: bool) -> Q:
    """Those that stand in the group of a value."""
    name = grouping.field
    if value is not None:
        return grouping.having(value) if grouping.having else Q(**{name: value})
    # No text of a row is null; and with OR between two, no index gives them in an order.
    nothing = Q(**{name: ""}) if is_text else Q(**{f"{name}__isnull": True})
    return grouping.nothing or nothing


def rows_at(rows: QuerySet[Any], grouping: Grouping, value: Any) -> Q:
    """The same of a list's rows."""
    return rows_of(grouping, value, is_text=_is_text(rows, grouping))


def value_at(rows: QuerySet[Any], grouping: Grouping, key: str) -> Any:
    """What a key of an address means. Raises ValueError for what no group can be called."""
    if key == NOTHING:
        return None
    if "\0" in key or len(key) > LONGEST_KEY:
        raise ValueError(key)
    made = cast(Any, grouping.by() if grouping.by else None)
    field = made.output_field if made else rows.model._meta.get_field(grouping.field)
    try:
        return field.to_python(key)
    except ValidationError as no:
        raise ValueError(key) from no


def only_of(rows: QuerySet[Any], grouping: Grouping, key: str) -> QuerySet[Any]:
    """The rows of one group, by its key; none of a group that there cannot be."""
    try:
        value = value_at(rows, grouping, key)
        wanted = rows_of(grouping, value, is_text=_is_text(rows, grouping))
    except ValueError:
        return rows.none()
    marked = rows.alias(**{grouping.field: grouping.by()}) if grouping.by else rows
    return marked.filter(wanted)
