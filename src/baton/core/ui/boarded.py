"""A list as a board: a column for each choice of a field; moving a card edits that field.

The address says it: ``as=board&by=seniority``. The cards stand in the list's order. Four queries,
however many columns and cards: counts with sums, first cards of short and of long columns, and
which of them may be moved; what ``named`` and ``prepare`` ask comes on top.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.signing import Signer
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.addresses import address
from baton.core.settings.queries import organisation
from baton.core.ui.asked import COLUMN, CURSORS, MORE, WAS, turned
from baton.core.ui.boards import Way, column_key, edits_of, sum_of, sum_ways
from baton.core.ui.cells import draw, editable
from baton.core.ui.charted import said
from baton.core.ui.cursors import Ordering
from baton.core.ui.formats import hue_of, initials
from baton.core.ui.grouping import Grouping, Words, in_order, key_of, rows_at, value_at
from baton.core.ui.listings import Listing
from baton.core.ui.pages import in_order_of
from baton.core.ui.shapes import Board, BoardCard, BoardColumn
from baton.core.ui.tally import SUM, Tally, tallies

CARDS, MORE_CARDS, MOST_CARDS = 8, 30, 400  # of a column: at first, each time, at most
LARGE = 4  # a column with at least this part of all rows
HUES = ("blue", "teal", "violet", "amber", "pink", "green")


@dataclass(frozen=True, kw_only=True)
class ListBoard:
    """What a template draws in place of the rows. ``part``: only more cards of one column."""

    grouping: Grouping
    count: int
    board: Board | None = None
    part: BoardColumn | None = None
    sums: Sequence[Way] = ()


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """The list's order, in which the cards of each column stand. Of the rows that a text finds
    ``counted`` are put together to be counted, ``met`` to be met along an index; ``rows`` are those
    among which it finds them."""

    rows: QuerySet[Any]
    counted: QuerySet[Any]
    met: QuerySet[Any]
    ordering: Ordering
    seal: Signer


@dataclass(frozen=True, kw_only=True)
class _Column:
    value: Any
    words: Words
    tally: Tally
    shown: int
    rows: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        return column_key(self.value)


def boarded(
    listing: Listing, ordered: Ordered, asked: QueryDict, *, grouping: Grouping, user: Any
) -> ListBoard:
    """All columns with their first cards."""
    drawing = _Drawing(listing, grouping, asked, user)
    columns = _columns(drawing, ordered.counted)
    _fill(columns, ordered, grouping)
    drawing.begin(columns)
    board = Board(
        label=_("By %(field)s") % {"field": grouping.label},
        cards_at_first=CARDS,
        columns=[drawing.column(one, place, ordered) for place, one in enumerate(columns)],
    )
    return ListBoard(
        grouping=grouping,
        board=board,
        count=sum(column.tally.count for column in columns),
        sums=list(sum_ways(listing, asked)),
    )


def more_cards(
    listing: Listing, ordered: Ordered, asked: QueryDict, *, grouping: Grouping, user: Any
) -> ListBoard:
    """Only those that follow in the column that the address names."""
    drawing = _Drawing(listing, grouping, asked, user)
    return ListBoard(grouping=grouping, count=0, part=_part(drawing, ordered))


def _columns(drawing: "_Drawing", rows: QuerySet[Any]) -> list[_Column]:
    """One for each choice of this user, whether or not rows have it, and those that rows have
    beside. What stands by name, like colleagues, begins with those that have rows."""
    grouping, asked = drawing.grouping, drawing.asked
    sums = [drawing.sum] if drawing.sum else []
    found = {key[0]: tally for key, tally in tallies(rows, [grouping], sums).items()}
    values = {*found, *grouping.choices_of(drawing.user)}
    values |= {None} if grouping.edit and not grouping.is_required else set()
    shown = _shown(asked)
    columns = [
        _Column(
            value=value,
            words=words,
            tally=found.get(value, Tally()),
            shown=shown.get(column_key(value), CARDS),
        )
        for value, words in in_order(grouping, values)
    ]
    return sorted(columns, key=lambda one: not one.tally.count) if grouping.is_by_name else columns


def _shown(asked: QueryDict) -> dict[str, int]:
    """Cards asked for by "Show more": ``more=<column>:<cards>``."""
    shown = {}
    for wish in asked.getlist(MORE)[:MOST_CARDS]:
        key, _colon, count = wish.rpartition(":")
        if count.isascii() and count.isdigit() and len(count) < 5:
            shown[key] = min(max(int(count), CARDS), MOST_CARDS)
    return shown


def _fill(columns: Sequence[_Column], ordered: Ordered, grouping: Grouping) -> None:
    """The first cards. A column that is shown whole needs no cut: all of those are read at once,
    without a walk through the order for each."""
    wanted = [(one, rows_at(ordered.rows, grouping, one.value)) for one in columns]
    total, name = sum(one.tally.count for one in columns), grouping.field
    cut = [
        _in_order(ordered, is_in, one, of=total, name=name).values("pk")[: one.shown]
        for one, is_in in wanted
        if one.tally.count > one.shown
    ]
    whole = [is_in for one, is_in in wanted if 0 < one.tally.count <= one.shown]
    found = [ordered.rows.filter(pk__in=_together(ordered, cut))] if cut else []
    found += [ordered.met.filter(reduce(or_, whole))] if whole else []
    by_key = {one.key: one for one in columns}
    for rows in found:
        for row in ordered.ordering.ordered(rows):
            by_key[column_key(getattr(row, grouping.field))].rows.append(row)


def _together(ordered: Ordered, cut: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """Ids of all of them. SQLite asks what stands in an OR twice, and cuts no part of a union."""
    first, *others = (
        ordered.ordering.model._base_manager.filter(pk__in=ids).values("pk") for ids in cut
    )
    return first.union(*others, all=True) if others else first


def _in_order(ordered: Ordered, is_in: Any, one: _Column, *, of: int, name: str) -> QuerySet[Any]:
    """The rows of one column, as an index has them. Where none has, those of a large one are soon
    met along the index of the order; of others all could lie at its end, and sorting is less."""
    ordering, met = ordered.ordering, ordered.met.filter(is_in)
    if one.tally.count * LARGE < of or _has_index(ordering, name):
        return ordering.ordered(met)
    return ordering.ordered(in_order_of(met, ordering, total=one.tally.count))


def _has_index(ordering: Ordering, name: str) -> bool:
    """Whether the rows of a column stand in their order there, apart from those in the trash."""
    indexed = [name.removesuffix("_id"), "deleted_at", ordering.name]
    return any(index.fields[:3] == indexed for index in ordering.model._meta.indexes)


def _part(drawing: "_Drawing", ordered: Ordered) -> BoardColumn:
    """The cards of one column that follow the cursor; its figures are not counted."""
    asked, grouping, rows = drawing.asked, drawing.grouping, ordered.met
    nothing = BoardColumn(key="", name="", hue="", count=0)
    key = ordered.ordering.read(asked, seal=ordered.seal)
    if key is None or key.group != asked[COLUMN]:
        return nothing
    value = value_at(rows, grouping, key.group)
    window = ordered.ordering.window(
        rows.filter(rows_at(rows, grouping, value)), key, size=MORE_CARDS
    )
    if not window.earlier:  # what followed is gone, and it began again
        return nothing
    column = _Column(value=value, words="", tally=Tally(), shown=0, rows=window.rows)
    drawing.begin([column])
    return drawing.column(column, 0, ordered, is_cut=window.more)


class _Drawing:
    """What all cards of a board share."""

    def __init__(self, listing: Listing, grouping: Grouping, asked: QueryDict, user: Any) -> None:
        self.listing, self.grouping, self.asked, self.user = listing, grouping, asked, user
        self.sum = sum_of(listing, asked)
        is_money = self.sum is not None and self.sum.adds_money
        self.currency = organisation().base_currency if is_money else ""
        others = [one for one in listing.columns if one.name != grouping.name]
        self.has_owner = any(one.name == "owner" for one in others)
        self.badge = next((one for one in others if one.kind == "badge"), None)
        self.edits = edits_of(listing, grouping, user=user)
        self.movable: set[Any] = set()
        self.typed: Mapping[Any, str] = {}
        self.query = asked.copy()
        for name in (*CURSORS, "saved"):
            if name != MORE:
                self.query.pop(name, None)

    def begin(self, columns: Sequence[_Column]) -> None:
        """Asks once for what all of their cards need."""
        rows = [row for column in columns for row in column.rows]
        if self.listing.prepare and rows:
            self.listing.prepare(rows)
        if self.edits:
            self.movable = editable(self.edits, rows, user=self.user)
            self.typed = self.grouping.typed(
                [one.value for one in columns if one.value is not None]
            )

    def column(
        self, found: _Column, place: int, ordered: Ordered, *, is_cut: bool | None = None
    ) -> BoardColumn:
        known = found.tally.known.get(self.sum.name) if self.sum else None
        total = known.figure(SUM) if known else None
        goes_on = len(found.rows) < found.tally.count if is_cut is None else is_cut
        return BoardColumn(
            key=found.key,
            name=found.words,
            hue=HUES[place % len(HUES)] if found.value is not None else "gray",
            count=found.tally.count,
            total="" if total is None else said(total, self.currency, short=True),
            cards=list(self._cards(found)),
            more_url=self._more_url(found) if goes_on else "",
            next_url=self._next_url(found, ordered) if goes_on and found.rows else "",
        )

    def _cards(self, column: _Column) -> Iterator[BoardCard]:
        query = self.query.copy()
        query[WAS] = self.typed.get(column.value, "")
        asked = query.urlencode()
        label = _("Move %(name)s")
        for row in column.rows:
            title = str(self.listing.columns[0].value_of(row) or row)
            url = self.listing.url(row) if self.listing.url else row.get_absolute_url()
            move = self._move_address(row)
            yield BoardCard(
                key=str(row.key),
                title=title,
                url=url,
                move_url=f"{move}?{asked}" if move else "",
                move_label=label % {"name": title},
                context=self.listing.second(row) if self.listing.second else "",
                amount=self._amount(row),
                **self._signs(row),
            )

    def _amount(self, row: Any) -> Words:
        known = draw(self.sum, row, None) if self.sum else None
        return known.drawn if known and known.value is not None else ""

    def _move_address(self, row: Any) -> str:
        edits, edit = self.edits, self.grouping.edit
        if edits is None or row.pk not in self.movable or not edits.is_open(row, edit):
            return ""
        return address(edits.url_name, row.key, *([edit] if edit else []))

    def _signs(self, row: Any) -> dict[str, Any]:
        """The badge of the row's list, and whose it is."""
        found: dict[str, Any] = {}
        sign = self.badge.value_of(row) if self.badge else None
        if sign:
            is_plain = isinstance(sign, Mapping)
            found["badge"] = sign["name"] if is_plain else getattr(sign, "name", sign)
            found["badge_hue"] = sign.get("hue") if is_plain else getattr(sign, "hue", "gray")
        owner = str(row.owner or "") if self.has_owner else ""
        if owner:
            found |= {"owner_mark": initials(owner), "owner_hue": hue_of(owner)}
            found["owner"] = _("Owner %(name)s") % {"name": owner}
        return found

    def _more_url(self, column: _Column) -> str:
        """The same page with more cards in that column, for those without script."""
        more = self.asked.copy()
        others = [one for one in more.getlist(MORE) if one.rpartition(":")[0] != column.key]
        more.setlist(MORE, [*others, f"{column.key}:{len(column.rows) + MORE_CARDS}"])
        return f"?{more.urlencode()}"

    def _next_url(self, column: _Column, ordered: Ordered) -> str:
        group = key_of(column.value)
        token = ordered.ordering.key_of(column.rows[-1], ordered.seal, group=group)
        return turned(self.asked, **{COLUMN: group, "after": token})
