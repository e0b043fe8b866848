"""What a file of a list holds: the rows of its address that its user may take away."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.fields.queries import fields_of
from baton.core.limits import OWN, read_by
from baton.core.saved.queries import list_named
from baton.core.saved.slots import SavedList
from baton.core.ui.cells import Column
from baton.core.ui.figured import is_figured
from baton.core.ui.figured_plain import figure_table
from baton.core.ui.lists import COLUMNS, Listing, narrowed, searched, shown_columns
from baton.core.ui.plain import cells_of, heads_of
from baton.core.ui.reading import Reading, reading
from baton.operations.exchange.models import Export
from baton.operations.exchange.permissions import VIEW_EXPORTS
from baton.operations.exchange.rules.exports import BATCH

KEY = Column(name="key", label=gettext_lazy("Key"), value=lambda row: str(row.key))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A list as its address shows it, for one user; ``is_whole`` is False where a part of the
    filter makes no sense any more: the rest would find more than was asked for."""

    place: SavedList
    user: User
    asked: QueryDict
    chosen: Sequence[str] = ()
    has_all_columns: bool = False

    @cached_property
    def listing(self) -> Listing:
        with self.read():
            return self.place.shown_to(self.user).whole()

    def read(self) -> AbstractContextManager[None]:
        """While it lasts, rows come without what this user may not see."""
        return read_by(self.user.limits)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.user.local_zone)

    @property
    def is_whole(self) -> bool:
        asks = self.listing.asks
        return asks is None or asks.is_whole(self._request())

    def seen(self) -> QuerySet[Any]:
        """What the list shows."""
        listing = self.listing
        if listing.rows is None:
            raise TypeError(f"List {listing.name} cannot be asked for its rows")
        rows = searched(listing, listing.rows(self.user, self.asked), self.asked)
        rows = narrowed(listing, rows, self._request())
        return rows.filter(key__in=self.chosen) if self.chosen else rows

    def rows(self) -> QuerySet[Any]:
        """Of those, what this user may take away."""
        rows, wanted = self.seen(), self.place.export
        if self.user.scope(wanted) is Scope.ALL:
            return rows
        reached: Any = rows.model._default_manager
        return rows.filter(pk__in=reached.visible_to(self.user, wanted).order_by().values("pk"))

    def columns(self) -> tuple[Column, ...]:
        """The view's in their order; or all that the list has, and the company's own fields."""
        listing = self.listing
        if not self.has_all_columns:
            return shown_columns(listing, self.asked.get(COLUMNS, ""))
        named = {column.name for column in listing.columns}
        own = [one for one in self.own_columns() if one.name not in named]
        return (*listing.columns, *listing.more_columns, *own, KEY)

    def own_columns(self) -> list[Column]:
        asks = self.listing.asks
        object_type = getattr(asks, "object_type", "")
        return [
            Column(
                name=f"custom.{one.code}",
                label=one.label,
                value=partial(_own_value, one.code),
            )
            for one in (fields_of(object_type) if object_type else ())
            if OWN + one.code not in self.user.limits(object_type).hidden
        ]

    @property
    def is_figures(self) -> bool:
        """Whether the list shows its groups' figures, and so does the file."""
        return not self.chosen and not self.has_all_columns and is_figured(self.listing, self.asked)

    @cached_property
    def figures(self) -> list[list[Any]]:
        """The table with its heads."""
        return figure_table(self.listing, self.rows(), self.asked)

    @property
    def total(self) -> int:
        """Lines of the file without its heads."""
        return len(self.figures) - 1 if self.is_figures else self.rows().order_by().count()

    def heads(self) -> list[str]:
        return self.figures[0] if self.is_figures else heads_of(self.columns())

    def reading(self) -> Reading:
        return reading(self.listing, self.rows(), self.asked)

    def lines(self, rows: list[Any]) -> Iterator[list[Any]]:
        columns, zone = self.columns(), self.zone
        if self.has_all_columns and self.listing.prepare_more:
            self.listing.prepare_more(rows)
        return (cells_of(columns, row, zone=zone) for row in rows)

    def batches(self) -> Iterator[list[list[Any]]]:
        """Line by line, however many: a batch at a time is in memory."""
        if self.is_figures:
            yield self.figures[1:]
            return
        source, after = self.reading(), ""
        while True:
            with self.read():
                rows, after = source.batch(after, size=BATCH)
                lines = list(self.lines(rows))
            yield lines
            if not after:
                return

    def _request(self) -> HttpRequest:
        request = HttpRequest()
        request.GET = self.asked  # type: ignore[assignment] # frozen, as of a real request
        request.user = self.user
        return request


def _own_value(code: str, row: Any) -> Any:
    return row.custom.get(code)


def exports_seen(user: User) -> QuerySet[Export]:
    """One's own; everybody's for who looks after the house."""
    rows = Export.objects.select_related("user")
    return rows if user.may(VIEW_EXPORTS) else rows.filter(user=user)


def taken(
    name: str, asked: str, *, user: User, chosen: Sequence[str] = (), has_all_columns: bool = False
) -> Taken | None:
    """None for a list that is none, or that this user may not open or take away."""
    place = list_named(name, user=user)
    if place is None or not user.may(place.export):
        return None
    return Taken(
        place=place,
        user=user,
        asked=QueryDict(asked),
        chosen=chosen,
        has_all_columns=has_all_columns,
    )


def taken_by(export: Export) -> Taken | None:
    """What a run is about, as its user may see it now."""
    return taken(
        export.what,
        export.asked,
        user=export.user,
        chosen=export.chosen,
        has_all_columns=export.has_all_columns,
    )
