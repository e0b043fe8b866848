"""What a module declares of a list: its columns, filters, groups, and what stands there first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from baton.core.limits import Limits, present
from baton.core.ui.cells import CellEdits, Column
from baton.core.ui.grouping import Grouping

PAGE_SIZE = 25
Words = str | Promise
More = tuple[Sequence[Column], Sequence[Grouping]]


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands there before the first row."""

    text: Words
    icon: str = "inbox"
    url: Words = ""
    action: Words = ""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A word of the address that the page narrows by; ``knows`` tells a value that is a choice."""

    name: str
    label: Words = ""
    knows: Callable[[str], bool] = bool
    is_tab: bool = False  # the page's own tabs and switches write it
    narrows: bool = True  # False: it says how rows are shown, not which


class Posed(Protocol):
    """Equal to another that asks the same, whose SQL is its own then."""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]: ...


class Asking(Protocol):
    """What reads a filter in the address: fields and comparisons are known higher up."""

    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]: ...

    def posed(self, request: HttpRequest) -> "Posed | None":
        """The same for a question that is kept; None: nothing is asked."""
        ...

    def is_whole(self, request: HttpRequest) -> bool:
        """Whether nothing of it is left out: else more rows are shown than were asked for."""
        ...


@dataclass(frozen=True, kw_only=True)
class Listing:
    """``rows`` are those that a user may see, as tabs and choices of the address have them; a list
    that is asked by filters (``asks``) counts them before it is shown."""

    name: str  # the list's id on the page is list-<name>
    columns: tuple[Column, ...]
    order: str  # a column's name, "-" before it for descending
    empty: Empty
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_in_order: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None  # of many found
    search_ids: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None  # to count them
    is_worded: bool = False  # they take a text as ``Typed``, too: what is found is a kept question
    second: Callable[[Any], Words] | None = None  # what stands under the name on a phone
    url: Callable[[Any], str] | None = None  # else get_absolute_url
    actions: str = ""  # template with the buttons for ticked rows; empty: no ticks
    size: int = PAGE_SIZE
    filters: tuple[Filter, ...] = ()  # of the page, for saved views
    rows: Callable[[Any, QueryDict], QuerySet[Any]] | None = None
    asks: Asking | None = None
    prepare: Callable[[list[Any]], None] | None = None  # asks once for what all cells need
    edits: CellEdits | None = None
    more_columns: tuple[Column, ...] = ()  # of a file with all that is known; no screen has them
    prepare_more: Callable[[list[Any]], None] | None = None  # asks once for what those need
    groupings: tuple[Grouping, ...] = ()
    more: "Callable[[], More] | None" = None  # columns and groups that the company made
    as_opened: Any = None  # pages.Opened: its questions where nothing narrows it

    def whole(self) -> "Listing":
        """With what the company made, and without what whoever reads may not see: one query,
        however often it is asked of the outcome."""
        if self.more is None:
            return self
        columns, groupings = self.more()
        limits = present(getattr(self.asks, "object_type", ""))
        seen = _seen((*self.columns, *columns), limits)
        return replace(
            self,
            order=_order(self.order, seen),
            columns=tuple(_read_only(one, limits) for one in seen),
            more_columns=_seen(self.more_columns, limits),
            groupings=tuple(
                _read_only(one, limits) for one in _seen((*self.groupings, *groupings), limits)
            ),
            more=None,
        )

    @property
    def usual_columns(self) -> tuple[Column, ...]:
        """What is shown where nobody chose."""
        return tuple(column for column in self.columns if not column.is_spare)

    def with_step(self, url: str, action: Words) -> "Listing":
        """The same, and where it is empty it leads to its first row: for those who may make it."""
        return replace(self, empty=replace(self.empty, url=url, action=action))


Part = TypeVar("Part", Column, Grouping)


def _seen(parts: Sequence[Part], limits: Limits) -> tuple[Part, ...]:
    return tuple(one for one in parts if one.name not in limits.hidden)


def _order(order: str, seen: Sequence[Column]) -> str:
    """By what stands first, where the usual order is by something that is hidden."""
    is_seen = any(column.name == order.removeprefix("-") for column in seen)
    return order if is_seen else seen[0].name


def _read_only(part: Part, limits: Limits) -> Part:
    return replace(part, edit="") if part.edit in limits.read_only else part
