"""All rows of a list in its order, a batch at a time: what a file of it is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import Signer
from django.db.models import QuerySet
from django.http import QueryDict

from baton.core.ui import cursors
from baton.core.ui.grouping import Group, Grouping, grouped_window, groups_of, key_of
from baton.core.ui.listings import Listing
from baton.core.ui.lists import GROUP, SORT, grouping_of, order_of, with_own


@dataclass(frozen=True, kw_only=True)
class Reading:
    """``rows`` are read in the order of the address, by groups where it asks for them.

    A batch costs two statements and what the list itself prepares, wherever it begins; ``after``
    goes on behind the row that a token names, also in another process.
    """

    rows: QuerySet[Any]
    listing: Listing
    ordering: cursors.Ordering
    seal: Signer
    grouping: Grouping | None
    groups: Sequence[Group]

    def batch(self, after: str, *, size: int) -> tuple[list[Any], str]:
        """The rows behind the token, and the token of the last one; "" begins and ends."""
        window = self._window(self._key(after), size)
        found = window.rows
        if self.listing.prepare and found:
            self.listing.prepare(found)
        return found, self._token(found[-1]) if found and window.more else ""

    def _window(self, key: cursors.Key | None, size: int) -> cursors.Window:
        if self.grouping:
            return grouped_window(self.rows, self.ordering, self.groups, key, size=size)
        return self.ordering.window(self.rows, key, size=size)

    def _key(self, token: str) -> cursors.Key | None:
        asked = QueryDict(mutable=True)
        if token:
            asked["after"] = token
        return self.ordering.read(asked, seal=self.seal)

    def _token(self, row: Any) -> str:
        group = key_of(getattr(row, self.grouping.field)) if self.grouping else ""
        return self.ordering.key_of(row, self.seal, group=group)


def reading(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> Reading:
    """``rows`` as the caller has narrowed them; sort and groups are read from the address."""
    listing = listing.whole()
    column, is_descending = order_of(listing, asked.get(SORT, ""))
    grouping = grouping_of(listing, asked.get(GROUP, ""))
    rows = with_own(rows, column, grouping)
    return Reading(
        rows=rows,
        listing=listing,
        ordering=cursors.ordering_of(rows.model, column, is_descending=is_descending),
        seal=cursors.seal_of(["file", listing.name, column.sort, is_descending]),
        grouping=grouping,
        groups=groups_of(rows, grouping, closed=(), turn=str) if grouping else (),
    )
